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
    let guilloche = frame.pattern == Pattern::Guilloche;
    for (x, y, length, turned) in [
        (inner, from, width - 2.0 * inner, false),
        (inner, height - from - side, width - 2.0 * inner, false),
        (from, inner, height - 2.0 * inner, true),
        (width - from - side, inner, height - 2.0 * inner, true),
    ] {
        if guilloche {
            waves(&mut out, frame.line, [x, y], length, side, turned);
        } else {
            band(&mut out, frame, [x, y], length, side, turned);
        }
    }
    for x in [from + side / 2.0, width - from - side / 2.0] {
        for y in [from + side / 2.0, height - from - side / 2.0] {
            if guilloche {
                medallion(&mut out, frame, x, y, side * 0.62);
            } else {
                corner(&mut out, frame, x, y, side / 2.0);
            }
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
            Pattern::Fret | Pattern::Guilloche => {
                &[(0.0, 1.0), (0.0, 0.0), (0.76, 0.0), (0.76, 0.74), (0.27, 0.74), (0.27, 0.36), (0.5, 0.36)]
            }
            Pattern::Lozenge => &[(0.0, 0.5), (0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)],
        };
        for (k, (a, c)) in points.iter().enumerate() {
            let (px, py) = place((at + a) * unit, margin + c * tall);
            path.push(if k == 0 { Segment::Move(px, py) } else { Segment::Line(px, py) });
        }
        match frame.pattern {
            Pattern::Fret | Pattern::Guilloche => {
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

/// Interlaced waves along one side: a whole number of them, each quarter of a wave one curve.
fn waves(out: &mut Drawing, colour: Colour, [x, y]: [f32; 2], length: f32, side: f32, turned: bool) {
    let n = (length / (side * 1.5)).round().max(1.0);
    let quarter = length / n / 4.0;
    let place = |along: f32, across: f32| if turned { [x + across, y + along] } else { [x + along, y + across] };
    // Height, first quarter of the wave, width of the line.
    for (high, begin, width) in [
        (0.92, 0, 0.3),
        (0.92, 2, 0.3),
        (0.92, 1, 0.16),
        (0.92, 3, 0.16),
        (0.62, 0, 0.16),
        (0.62, 2, 0.16),
        (0.34, 1, 0.16),
        (0.34, 3, 0.16),
    ] {
        let mut path = Vec::new();
        let (mut k, mut at) = (begin, 0.0);
        while at < length - quarter / 2.0 {
            // A quarter of a sine as a cubic: rising from the middle, or falling to it.
            let sign = if k % 4 < 2 { -1.0 } else { 1.0 };
            let rising = [(0.0, 0.0), (0.3261, 0.5123), (0.6381, 1.0), (1.0, 1.0)];
            let points = rising.map(|(a, b)| if k % 2 == 0 { (a, b) } else { (1.0 - a, b) });
            let ordered = if k % 2 == 0 { points } else { [points[3], points[2], points[1], points[0]] };
            let [p, a, b, q] = ordered.map(|(along, up)| place(at + along * quarter, side / 2.0 * (1.0 + sign * high * up)));
            if path.is_empty() {
                path.push(Segment::Move(p[0], p[1]));
            }
            path.push(Segment::Curve([a[0], a[1], b[0], b[1], q[0], q[1]]));
            k += 1;
            at += quarter;
        }
        out.push((path, stroke(colour, width)));
    }
}

/// A round of interlaced petals in a corner.
fn medallion(out: &mut Drawing, frame: &Frame, x: f32, y: f32, radius: f32) {
    out.push((circle_path(x, y, radius), Paint { fill: Some(frame.ground), stroke: Some(Stroke { colour: frame.line, width: 0.5 }) }));
    out.push((circle_path(x, y, radius * 0.9), stroke(frame.line, 0.16)));
    petals(out, [x, y], radius * 0.86, 3, [0.7, 0.3, 0.0], 6.0, frame.line);
    out.push((circle_path(x, y, radius * 0.24), Paint { fill: Some(frame.line), stroke: None }));
    out.push((circle_path(x, y, radius * 0.11), Paint { fill: Some(frame.ground), stroke: None }));
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
    petals(out, [x, y], radius, 9, [0.72, 0.2, 0.06], 8.0, colour);
}

/// Closed curves, each turned a little against the last; `shape`: the mean radius, its waves, their waves.
fn petals(out: &mut Drawing, [x, y]: [f32; 2], radius: f32, curves: usize, shape: [f32; 3], waves: f32, colour: Colour) {
    const STEPS: usize = 240;
    let turn = std::f32::consts::TAU;
    for curve in 0..curves {
        let phase = turn * count(curve) / count(curves);
        let mut path = Vec::with_capacity(STEPS + 1);
        for step in 0..STEPS {
            let angle = turn * count(step) / count(STEPS);
            let r = radius * (shape[0] + shape[1] * (waves * angle + phase).cos() + shape[2] * (3.0 * waves * angle - phase).cos());
            let (px, py) = (x + r * angle.cos(), y + r * angle.sin());
            path.push(if step == 0 { Segment::Move(px, py) } else { Segment::Line(px, py) });
        }
        path.push(Segment::Close);
        out.push((path, stroke(colour, 0.12)));
    }
}
