//! Lots for panels that keep recused judges and their candidates apart.

use std::collections::VecDeque;

/// Which panel each person comes before; everybody in the order of the lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panels {
    /// Panel of each, from 0.
    pub of: Vec<usize>,
    /// Who cannot come before any panel with room for them: places in the order of the lot.
    pub without: Vec<usize>,
}

/// Deals people, in the order of their lot, over panels in turn; panels differ by one at most. Whoever would come before a
/// panel that is barred to them changes over, along the shortest chain of changes that keeps the sizes; `without` are as few
/// as can be. Where nothing is barred it is the plain deal.
pub fn deal_panels(people: usize, panels: usize, barred: &dyn Fn(usize, usize) -> bool) -> Panels {
    let mut of: Vec<Option<usize>> = (0..people).map(|n| n.checked_rem(panels).filter(|panel| !barred(n, *panel))).collect();
    let room: Vec<usize> = (0..panels).map(|panel| people / panels + usize::from(panel < people % panels)).collect();
    let mut without = Vec::new();
    for person in 0..people {
        if of[person].is_none() && !place(person, &mut of, &room, barred) {
            without.push(person);
        }
    }
    Panels {
        of: of.into_iter().enumerate().map(|(n, panel)| panel.unwrap_or_else(|| n.checked_rem(panels).unwrap_or(0))).collect(),
        without,
    }
}

/// Gives a person a place, others changing over where they must.
fn place(person: usize, of: &mut [Option<usize>], room: &[usize], barred: &dyn Fn(usize, usize) -> bool) -> bool {
    let taken = |of: &[Option<usize>], panel: usize| of.iter().filter(|p| **p == Some(panel)).count();
    // From whom a panel is reached, and who would leave it.
    let mut through: Vec<Option<usize>> = vec![None; room.len()];
    let mut queue = VecDeque::from([person]);
    while let Some(mover) = queue.pop_front() {
        for panel in 0..room.len() {
            if through[panel].is_some() || of[mover] == Some(panel) || barred(mover, panel) {
                continue;
            }
            through[panel] = Some(mover);
            if taken(of, panel) < room[panel] {
                let mut to = panel;
                while let Some(mover) = through[to] {
                    let from = of[mover].replace(to);
                    match from {
                        Some(from) => to = from,
                        None => return true,
                    }
                }
                return true;
            }
            queue.extend((0..of.len()).filter(|other| of[*other] == Some(panel)));
        }
    }
    false
}
