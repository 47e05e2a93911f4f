//! What `pim tally` prints: a tally as plain text, for people, pipes and screen readers. Names come
//! last on their line, so that no name, however long or wide, can push numbers out of line.

use super::{Place, Profile, TOP, Tally};

/// Fits a terminal of 80 columns.
const WIDTH: usize = 78;

/// A table of all candidates, then what there is to say about the result, a sentence a line.
pub fn table(profile: &Profile, tally: &Tally, said: Vec<String>) -> String {
    let mut text = heading(tally);
    text.push_str(&rows(profile, tally));
    text.push('\n');
    for sentence in said.into_iter().chain(caution(tally)) {
        text.push_str(&textwrap::fill(&sentence, WIDTH));
        text.push('\n');
    }
    text
}

fn heading(tally: &Tally) -> String {
    match tally.blank {
        0 => format!("Ballots: {} counted.\n\n", tally.counted),
        blank => format!("Ballots: {} counted, {blank} blank.\n\n", tally.counted),
    }
}

/// Strongest paths may leave open who is where below the first place; the column cannot show it.
fn caution(tally: &Tally) -> Option<String> {
    let open = !tally.schulze.is_weak_order();
    open.then(|| "Of Schulze's places only the first is certain here.".to_owned())
}

/// The line stands under the top four, unless they are all there is.
fn rows(profile: &Profile, tally: &Tally) -> String {
    let top = tally.top_four().len();
    let mut text = row("place", "points", "Copeland", "Schulze", "item");
    for (number, (place, candidate)) in tally.borda.order.places().into_iter().enumerate() {
        if number == top {
            text.push_str(&cut());
        }
        let points = tally.borda.points[candidate].to_string();
        let wins = tally.copeland.points[candidate].to_string();
        let schulze = tally.schulze.order.place_of(candidate);
        let schulze = schulze.as_ref().map(Place::to_string).unwrap_or_default();
        let name = &profile.names()[candidate];
        text.push_str(&row(&place.to_string(), &points, &wins, &schulze, name));
    }
    text
}

fn cut() -> String {
    format!("{:-<WIDTH$}\n", format!("--- top {TOP} above "))
}

fn row(place: &str, points: &str, copeland: &str, schulze: &str, item: &str) -> String {
    format!("{place:>5}  {points:>8}  {copeland:>8}  {schulze:>7}  {item}\n")
}
