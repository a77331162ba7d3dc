//! Where the clock of an event hangs. Times are said in one zone, whatever zone the machine stood in that wrote them down or
//! shows them: that in which the plan says when its first part starts.

use super::Plan;
use chrono::{DateTime, FixedOffset};

impl Plan {
    /// A moment by the event's clock.
    pub fn here(&self, moment: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        let first = self.stages.iter().flat_map(|stage| &stage.parts).next();
        first.map_or(moment, |part| moment.with_timezone(part.start.offset()))
    }

    /// A stamp of the journal as lists show it: `2020-07-04 08:31`. What is no moment stays as it is.
    pub fn clock(&self, stamp: &str) -> String {
        DateTime::parse_from_rfc3339(stamp).map_or_else(|_| stamp.to_owned(), |t| self.here(t).format("%Y-%m-%d %H:%M").to_string())
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::{Plan, bundled};

    #[test]
    fn one_clock_for_all_zones() {
        let text = bundled("jiangsu-2020").unwrap();
        let plan = Plan::read(text).unwrap();
        // The same event held in Xinjiang by its own time.
        let elsewhere = Plan::read(&text.replace("+08:00", "+06:00")).unwrap();
        for (stamp, here, there) in [
            ("2020-06-27T08:31:59.123+08:00", "2020-06-27 08:31", "2020-06-27 06:31"),
            ("2020-06-27T00:31:00.000+00:00", "2020-06-27 08:31", "2020-06-27 06:31"),
            ("2020-06-26T23:10:00Z", "2020-06-27 07:10", "2020-06-27 05:10"),
            ("2020-06-26T19:31:00-05:00", "2020-06-27 08:31", "2020-06-27 06:31"),
            ("2020-06-27", "2020-06-27", "2020-06-27"),
            ("", "", ""),
        ] {
            assert_eq!((plan.clock(stamp).as_str(), elsewhere.clock(stamp).as_str()), (here, there), "{stamp}");
        }
    }
}
