//! The facts of a tagging result in words, and how items moved between two rounds.
//!
//! Owns which fact is said with which sentence. The sentences stand in `content/hints`.

use super::{Hints, Language, filled, hints};
use crate::exercise::compare::Move;
use crate::exercise::results::{TagResult, Votes};
use crate::exercise::{Mark, Said, Turnout};
use crate::tally::{TOP, Tag, TagTally};

/// What there is to say about a tagging result, in a language, to be read aloud: who took part,
/// what leads, what the cut kept.
pub fn of_tagging(language: Language, result: &TagResult) -> Vec<String> {
    hints(language).of_tagging(result)
}

impl Hints {
    /// See [`of_tagging`].
    pub(crate) fn of_tagging(&self, result: &TagResult) -> Vec<String> {
        let Votes::Counted { turnout, tally } = &result.votes else {
            return vec![self.uncounted(result)];
        };
        let mut said = vec![self.who(result, *turnout, tally.submitted)];
        said.extend(self.leaders(result, tally));
        said.extend(self.cut(tally));
        said
    }

    /// How an item moved between two rounds, in a word or two.
    pub(crate) fn of_move(&self, one: &Move) -> String {
        let said = &self.result;
        match (one.was, one.now, one.gained()) {
            (None, Some(_), _) => said.moved_new.clone(),
            (Some(_), None, _) => said.moved_out.clone(),
            (_, _, Some(0)) => said.moved_not.clone(),
            (_, _, Some(up @ 1..)) => filled(&said.moved_up, &[("n", &up)]),
            (_, _, Some(down)) => filled(&said.moved_down, &[("n", &down.unsigned_abs())]),
            _ => String::new(),
        }
    }

    /// What the room agreed aloud of an item: the sign and the word.
    pub(crate) fn agreed(&self, said: Option<Said>) -> String {
        match said {
            Some(Said::Must) => self.sign(Some(Mark::Must)),
            Some(Said::Nice) => self.sign(Some(Mark::Nice)),
            Some(Said::Neither) => format!("- {}", self.marks.neither),
            None => String::new(),
        }
    }

    fn uncounted(&self, result: &TagResult) -> String {
        let said = &self.explain;
        match result.votes {
            Votes::Shut { people } => filled(&said.few_people, &[("n", &people)]),
            _ if result.agreed.iter().any(Option::is_some) => said.marks_aloud.clone(),
            _ => said.nobody.clone(),
        }
    }

    /// The denominator, said.
    fn who(&self, result: &TagResult, turnout: Turnout, submitted: u64) -> String {
        let said = &self.explain;
        let people = turnout.people;
        let sentence = match (submitted == u64::from(people), result.here) {
            (true, None) => &said.took_part,
            (true, Some(_)) => &said.took_part_of,
            (false, None) => &said.ballots_in,
            (false, Some(_)) => &said.ballots_in_of,
        };
        let here = result.here.unwrap_or_default();
        filled(
            sentence,
            &[
                ("people", &people),
                ("here", &here),
                ("submitted", &submitted),
            ],
        )
    }

    fn leaders(&self, result: &TagResult, tally: &TagTally) -> Option<String> {
        let order = tally.top_four(Tag::Must);
        let first = *order.leaders().first()?;
        let names: Vec<String> = order
            .leaders()
            .iter()
            .filter_map(|&one| Some(result.candidates.get(one)?.words.clone()))
            .collect();
        let sentence = match names.len() {
            1 => &self.explain.lead_one,
            _ => &self.explain.lead_many,
        };
        let (count, all) = (*tally.must.get(first)?, tally.submitted);
        Some(filled(
            sentence,
            &[
                ("who", &self.and(&names)),
                ("n", &count),
                ("all", &all),
                ("share", &percent(count, all)),
            ],
        ))
    }

    /// A tie at the cut makes more than four, and nothing below is hidden by chance.
    fn cut(&self, tally: &TagTally) -> Option<String> {
        let top = tally.top_four(Tag::Must);
        let kept = top.len();
        let last = *top.groups().last()?.first()?;
        let count = *tally.must.get(last)?;
        let sentence = match kept {
            kept if kept > TOP => &self.explain.top_level,
            kept if kept < TOP => &self.explain.top_few,
            _ => &self.explain.top_four,
        };
        Some(filled(sentence, &[("kept", &kept), ("n", &count)]))
    }

    /// Must, nice and neither, as they stand above numbers of four columns.
    pub(crate) fn heads(&self) -> String {
        let said = &self.result;
        let (must, nice, neither) = (&said.head_must, &said.head_nice, "-");
        format!("{must:>4} {nice:>4} {neither:>4}")
            .trim_start()
            .to_owned()
    }
}

/// Rounded to a whole number, halves up.
fn percent(part: u64, all: u64) -> u64 {
    (200 * part + all).checked_div(2 * all).unwrap_or_default()
}
