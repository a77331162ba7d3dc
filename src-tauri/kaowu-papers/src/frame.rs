//! The drawn border of a certificate: ground, a band with a pattern, fine lines, a rosette in the middle.

use crate::list::{Colour, Paint, Segment, Stroke, circle_path, rectangle_path};
use crate::pen::count;
use crate::template::{Frame, Pattern};

type Drawing = Vec<(Vec<Segment>, Paint)>;

/// Draws a border for a page.
pub(crate) fn draw(frame: &Frame, width: f32, height: f32) -> Drawing {
    let mut out = vec![(rectangle_path(0.0, 0.0, width, height), Paint { fill: Some(frame.ground), stroke: None })];
    if let Some(colour) = frame.rosette {
        rosette(&mut out, width / 2.0, height / 2.0 + 4.0, width.min(height) * 0.34, colour);
    }
    let (i, b) = (frame.inset, frame.band);
    let inner = i + b;
    let rect = |out: &mut Drawing, d: f32, w: f32| {
        out.push((rectangle_path(d, d, width - 2.0 * d, height - 2.0 * d), stroke(frame.line, w)));
    };
    rect(&mut out, i, 0.9);
    rect(&mut out, i + 1.3, 0.25);
    rect(&mut out, inner - 1.3, 0.25);
    rect(&mut out, inner, 0.6);
    let (from, side) = (i + 1.3, b - 2.6);
    for (x, y, length, turned) in [
        (inner, from, width - 2.0 * inner, false),
        (inner, height - from - side, width - 2.0 * inner, false),
        (from, inner, height - 2.0 * inner, true),
        (width - from - side, inner, height - 2.0 * inner, true),
    ] {
        band(&mut out, frame, [x, y], length, side, turned);
    }
    for x in [from + side / 2.0, width - from - side / 2.0] {
        for y in [from + side / 2.0, height - from - side / 2.0] {
            corner(&mut out, frame, x, y, side / 2.0);
        }
    }
    notched(&mut out, inner + 2.2, width, height, frame.line);
    out
}

fn stroke(colour: Colour, width: f32) -> Paint {
    Paint { fill: None, stroke: Some(Stroke { colour, width }) }
}

/// One side of the band: a whole number of units, as near to square as that allows.
fn band(out: &mut Drawing, frame: &Frame, [x, y]: [f32; 2], length: f32, side: f32, turned: bool) {
    let margin = side * 0.14;
    let tall = side - 2.0 * margin;
    let n = (length / tall).round().max(1.0);
    let unit = length / n;
    let place = |along: f32, across: f32| if turned { (x + across, y + along) } else { (x + along, y + across) };
    let mut path = Vec::new();
    let mut at = 0.0;
    while at < n - 0.5 {
        let points: &[(f32, f32)] = match frame.pattern {
            Pattern::Fret => &[(0.0, 1.0), (0.0, 0.0), (0.76, 0.0), (0.76, 0.74), (0.27, 0.74), (0.27, 0.36), (0.5, 0.36)],
            Pattern::Lozenge => &[(0.0, 0.5), (0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)],
        };
        for (k, (a, c)) in points.iter().enumerate() {
            let (px, py) = place((at + a) * unit, margin + c * tall);
            path.push(if k == 0 { Segment::Move(px, py) } else { Segment::Line(px, py) });
        }
        match frame.pattern {
            Pattern::Fret => {
                let ((x1, y1), (x2, y2)) = (place(at * unit, margin + tall), place((at + 1.0) * unit, margin + tall));
                path.extend([Segment::Move(x1, y1), Segment::Line(x2, y2)]);
            }
            Pattern::Lozenge => {
                let (px, py) = place((at + 0.5) * unit, margin + tall / 2.0);
                out.push((circle_path(px, py, tall * 0.13), Paint { fill: Some(frame.line), stroke: None }));
                // A second row of lozenges, half a step on, is what makes the pattern.
                let ((x1, y1), (x2, y2)) = (place(at * unit, margin), place((at + 1.0) * unit, margin + tall));
                let ((x3, y3), (x4, y4)) = (place(at * unit, margin + tall), place((at + 1.0) * unit, margin));
                path.extend([Segment::Move(x1, y1), Segment::Line(x2, y2), Segment::Move(x3, y3), Segment::Line(x4, y4)]);
            }
        }
        at += 1.0;
    }
    out.push((path, stroke(frame.line, if frame.pattern == Pattern::Fret { 0.45 } else { 0.25 })));
}

fn corner(out: &mut Drawing, frame: &Frame, x: f32, y: f32, half: f32) {
    let h = half * 0.86;
    out.push((rectangle_path(x - h, y - h, 2.0 * h, 2.0 * h), stroke(frame.line, 0.3)));
    let d = half * 0.8;
    let lozenge = vec![Segment::Move(x - d, y), Segment::Line(x, y - d), Segment::Line(x + d, y), Segment::Line(x, y + d), Segment::Close];
    out.push((lozenge, stroke(frame.line, 0.3)));
    out.push((circle_path(x, y, half * 0.38), Paint { fill: Some(frame.line), stroke: None }));
    out.push((circle_path(x, y, half * 0.17), Paint { fill: Some(frame.ground), stroke: None }));
}

/// A fine line with hollowed corners.
fn notched(out: &mut Drawing, d: f32, width: f32, height: f32, colour: Colour) {
    let (r, k) = (6.0, 6.0 * 0.5523);
    let (left, top, right, bottom) = (d, d, width - d, height - d);
    let path = vec![
        Segment::Move(left + r, top),
        Segment::Line(right - r, top),
        Segment::Curve([right - r, top + k, right - k, top + r, right, top + r]),
        Segment::Line(right, bottom - r),
        Segment::Curve([right - k, bottom - r, right - r, bottom - k, right - r, bottom]),
        Segment::Line(left + r, bottom),
        Segment::Curve([left + r, bottom - k, left + k, bottom - r, left, bottom - r]),
        Segment::Line(left, top + r),
        Segment::Curve([left + k, top + r, left + r, top + k, left + r, top]),
        Segment::Close,
    ];
    out.push((path, stroke(colour, 0.25)));
}

/// Interlaced waves around a circle, as on papers of value.
fn rosette(out: &mut Drawing, x: f32, y: f32, radius: f32, colour: Colour) {
    const CURVES: usize = 9;
    const STEPS: usize = 240;
    let turn = std::f32::consts::TAU;
    for curve in 0..CURVES {
        let phase = turn * count(curve) / count(CURVES);
        let mut path = Vec::with_capacity(STEPS + 1);
        for step in 0..STEPS {
            let angle = turn * count(step) / count(STEPS);
            let r = radius * (0.72 + 0.2 * (8.0 * angle + phase).cos() + 0.06 * (24.0 * angle - phase).cos());
            let (px, py) = (x + r * angle.cos(), y + r * angle.sin());
            path.push(if step == 0 { Segment::Move(px, py) } else { Segment::Line(px, py) });
        }
        path.push(Segment::Close);
        out.push((path, stroke(colour, 0.12)));
    }
}
