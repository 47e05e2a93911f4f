//! Tests of the library and the program from outside, in one binary so that they link once.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod exercise_compare;
mod exercise_content;
mod exercise_hall;
mod exercise_journeys;
mod exercise_properties;
mod exercise_rights;
mod exercise_words;
mod tally_cases;
mod tally_explain;
mod tally_input;
mod tally_properties;
