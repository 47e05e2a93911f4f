//! The one test binary: each file tells what the program promises.

mod search_palette;
mod search_promises;
mod search_relevance;
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "shared with the relevance report and the bench"
)]
mod search_support;
mod search_thesaurus;
