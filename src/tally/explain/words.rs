//! Small English: numbers, lists and plurals. Knows nothing of tallies.

/// "once", "twice", "41 times".
pub(super) fn times(number: u64) -> String {
    match number {
        0 => "never".into(),
        1 => "once".into(),
        2 => "twice".into(),
        more => format!("{more} times"),
    }
}

/// "1 ballot", "14 ballots".
pub(super) fn count(number: u64, unit: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

/// Small numbers as words, as people say them.
pub(super) fn few(number: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(number)
        .map_or_else(|| number.to_string(), ToString::to_string)
}

/// "A, B and C".
pub(super) fn and(parts: &[String]) -> String {
    with_last(parts, "and")
}

/// "A, B or C".
pub(super) fn or(parts: &[String]) -> String {
    with_last(parts, "or")
}

fn with_last(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
