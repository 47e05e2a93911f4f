//! The one test binary: what people see, what they can do, and what must never break.

mod binary;
mod commands;
mod content_check;
mod exercise_compare;
mod exercise_content;
mod exercise_hall;
mod exercise_journeys;
mod exercise_properties;
mod exercise_rights;
mod exercise_words;
mod find;
mod journeys;
mod readme;
mod screens;
mod search_palette;
mod search_promises;
mod search_relevance;
mod search_support;
mod search_thesaurus;
mod support;
mod tally_cases;
mod tally_explain;
mod tally_input;
mod tally_properties;
