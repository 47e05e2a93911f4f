//! The wall clock, the only place that reads it for sessions.
//!
//! Owns what "now" and "today" are. Days are the days of the people in the room: local.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::tz::TimeZone;

use crate::room::Time;

/// The time now.
pub fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |passed| passed.as_millis());
    Time(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// The time zone of this system.
pub fn zone() -> TimeZone {
    TimeZone::system()
}

/// The day of a time, such as `2026-03-04`.
pub fn day(time: Time, zone: &TimeZone) -> String {
    written(time, zone, "%Y-%m-%d")
}

/// Day and minute of a time, such as `2026-03-04 10:32`.
pub fn minute(time: Time, zone: &TimeZone) -> String {
    written(time, zone, "%Y-%m-%d %H:%M")
}

fn written(time: Time, zone: &TimeZone, form: &str) -> String {
    jiff::Timestamp::from_millisecond(time.0).map_or_else(
        |_| "unknown".to_owned(),
        |stamp| stamp.to_zoned(zone.clone()).strftime(form).to_string(),
    )
}
