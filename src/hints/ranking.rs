//! The facts of a ranking in words, one sentence a fact, short enough to be read aloud.
//!
//! Owns which fact is said with which sentence, and what is left out. The sentences stand in
//! `content/hints`; the facts are counted by [`crate::tally`], and nothing is judged here.

use super::{Explain, Hints, Language, filled, hints};
use crate::exercise::results::{RankResult, Votes};
use crate::tally::compare::CrossCheck;
use crate::tally::explain::Standing;
use crate::tally::{Agreement, Disagreement, Duel, Explanation, Tally};

/// More names than this in one breath are given as a number.
const NAMES: usize = 4;

/// Who leads and why, how sure it is, and what the other methods say, in a language.
pub fn sentences(language: Language, facts: &Explanation, names: &[String]) -> Vec<String> {
    hints(language).sentences(facts, names)
}

/// What there is to say about a ranking result, in a language: who leads and why, how sure that
/// is, where the methods disagree.
pub fn of_ranking(language: Language, result: &RankResult) -> Vec<String> {
    hints(language).of_ranking(result)
}

impl Hints {
    /// See [`sentences`].
    fn sentences(&self, facts: &Explanation, names: &[String]) -> Vec<String> {
        let speech = Speech {
            hints: self,
            said: &self.explain,
            facts,
            names,
        };
        let mut said = speech.lead();
        said.extend(speech.stability());
        said.extend(speech.methods());
        said.extend(speech.agreement());
        said.extend(speech.partial());
        said.extend(speech.blank());
        said
    }

    /// See [`of_ranking`].
    pub(crate) fn of_ranking(&self, result: &RankResult) -> Vec<String> {
        let said = &self.explain;
        match &result.votes {
            Votes::Counted { tally, .. } => {
                let mut all = self.sentences(&Explanation::of(tally), &result.names());
                all.extend(self.one_table(result));
                all.extend(self.aloud(result, tally));
                all
            }
            Votes::Shut { people } => vec![filled(&said.few_people, &[("n", people)])],
            Votes::None if result.agreed.is_some() => vec![said.order_aloud.clone()],
            Votes::None => vec![said.nobody.clone()],
        }
    }

    /// How far the ballots agree: the word and Kendall's W.
    pub(crate) fn agreement(&self, w: f64, word: Agreement) -> (&str, String) {
        let said = &self.explain;
        let word = match word {
            Agreement::Little => &said.little,
            Agreement::Some => &said.some,
            Agreement::Moderate => &said.moderate,
            Agreement::Strong => &said.strong,
        };
        (word, self.decimal(&format!("{w:.2}")))
    }

    /// A number with the decimal sign of the language.
    pub(crate) fn decimal(&self, number: &impl ToString) -> String {
        number.to_string().replace('.', &self.explain.decimal)
    }

    fn one_table(&self, result: &RankResult) -> Option<String> {
        let names = named(result, &result.without_one_table);
        let who = self.or(&names);
        (!names.is_empty()).then(|| filled(&self.explain.table, &[("who", &who)]))
    }

    fn aloud(&self, result: &RankResult, tally: &Tally) -> Option<String> {
        let agreed = result.agreed.as_ref()?;
        if agreed.leaders() == tally.borda.order.leaders() {
            return None;
        }
        let who = self.and(&named(result, agreed.leaders()));
        Some(filled(&self.explain.aloud, &[("who", &who)]))
    }
}

fn named(result: &RankResult, some: &[usize]) -> Vec<String> {
    let names = result.names();
    let found = some.iter().filter_map(|&one| names.get(one));
    found.cloned().collect()
}

struct Speech<'a> {
    hints: &'a Hints,
    said: &'a Explain,
    facts: &'a Explanation,
    names: &'a [String],
}

impl Speech<'_> {
    fn lead(&self) -> Vec<String> {
        match self.facts.leaders.as_slice() {
            [] => vec![self.said.no_ballot.clone()],
            [only] if only.others() == 0 => {
                let who = self.name(only.candidate);
                vec![filled(&self.said.only_item, &[("who", &who)])]
            }
            [only] => vec![self.sole_lead(only), self.duels(None, only)],
            several => self.shared_lead(several),
        }
    }

    fn sole_lead(&self, leader: &Standing) -> String {
        let sentence = match leader.level {
            0 => &self.said.leads,
            _ => &self.said.leads_level,
        };
        filled(
            sentence,
            &[
                ("who", &self.name(leader.candidate)),
                ("points", &self.points(leader)),
                ("ballots", &self.ballots(self.facts.ballots)),
                ("above", &self.times(leader.above)),
                ("level", &self.times(leader.level)),
            ],
        )
    }

    /// When everyone is level, who beats whom says nothing that the methods do not say below.
    fn shared_lead(&self, leaders: &[Standing]) -> Vec<String> {
        let all = leaders.len() == self.facts.candidates;
        let who = match leaders.len() {
            2 if all => self.said.both.clone(),
            number if all => filled(&self.said.all, &[("n", &self.few(number))]),
            _ => self.list(leaders.iter().map(|leader| leader.candidate)),
        };
        let each = leaders.first().map(|one| self.points(one));
        let first = filled(
            &self.said.shared,
            &[
                ("who", &who),
                ("each", &each.unwrap_or_default()),
                ("ballots", &self.ballots(self.facts.ballots)),
            ],
        );
        let told = if all || leaders.len() > NAMES {
            &[]
        } else {
            leaders
        };
        let duels = told
            .iter()
            .map(|leader| self.duels(Some(leader.candidate), leader));
        std::iter::once(first).chain(duels).collect()
    }

    /// How somebody who was named just now, or who is named here, does head to head.
    fn duels(&self, named: Option<usize>, standing: &Standing) -> String {
        let others = standing.others();
        let Some(closest) = standing
            .beats
            .first()
            .filter(|_| standing.beats.len() == others)
        else {
            return self.mixed_duels(named, standing);
        };
        let sentence = match others {
            1 => &self.said.beats_one,
            _ => &self.said.beats_all,
        };
        filled(
            sentence,
            &[
                (
                    "who",
                    &named.map_or_else(|| self.said.it.clone(), |one| self.name(one)),
                ),
                ("n", &self.few(others)),
                ("over", &self.name(closest.other)),
                ("score", &score(*closest)),
            ],
        )
    }

    fn mixed_duels(&self, named: Option<usize>, standing: &Standing) -> String {
        let list = |duels: &[Duel]| self.list(duels.iter().map(|duel| duel.other));
        let mut parts = Vec::new();
        if !standing.beats.is_empty() {
            let (n, others) = (self.few(standing.beats.len()), self.few(standing.others()));
            parts.push(filled(
                &self.said.beats_some,
                &[("n", &n), ("others", &others)],
            ));
        }
        if !standing.level_with.is_empty() {
            let who = list(&standing.level_with);
            parts.push(filled(&self.said.level_with, &[("who", &who)]));
        }
        match standing.loses_to.as_slice() {
            [] => {}
            [only] => {
                let who = self.name(only.other);
                let score = score(*only);
                parts.push(filled(
                    &self.said.loses_to_one,
                    &[("who", &who), ("score", &score)],
                ));
            }
            several => parts.push(filled(&self.said.loses_to, &[("who", &list(several))])),
        }
        let who = named.map_or_else(|| self.said.it_within.clone(), |one| self.name(one));
        let parts = self.hints.and(&parts);
        filled(&self.said.duels, &[("who", &who), ("parts", &parts)])
    }

    fn stability(&self) -> Option<String> {
        let could_lead = self.facts.could_lead.as_ref()?;
        if self.facts.stable? {
            return Some(self.said.stable.clone());
        }
        let who = self.hints.or(&self.short_list(could_lead.iter().copied()));
        Some(filled(&self.said.could_change, &[("who", &who)]))
    }

    fn methods(&self) -> Vec<String> {
        if self.facts.candidates < 2 || self.facts.ballots == 0 {
            return Vec::new();
        }
        let mut said = Vec::new();
        if self.facts.head_to_head_winner.is_none() {
            said.push(self.said.no_winner.clone());
        }
        let found = &self.facts.disagreements;
        if found
            .iter()
            .all(|found| matches!(found, Disagreement::TopFour { .. }))
        {
            said.push(self.said.agree_first.clone());
        }
        said.extend(found.iter().map(|found| self.disagreement(found)));
        said
    }

    fn disagreement(&self, found: &Disagreement) -> String {
        let list = |these: &[usize]| self.list(these.iter().copied());
        match found {
            Disagreement::HeadToHeadWinner { winner, points } => filled(
                &self.said.other_winner,
                &[("winner", &self.name(*winner)), ("points", &list(points))],
            ),
            Disagreement::First {
                by,
                leaders,
                points,
            } => filled(
                &self.said.other_first,
                &[
                    ("by", &self.check(*by)),
                    ("leaders", &list(leaders)),
                    ("points", &list(points)),
                ],
            ),
            Disagreement::TopFour {
                by,
                only_there,
                only_points,
            } => {
                let or_nothing = |these: &[usize]| match these {
                    [] => self.said.nothing_more.clone(),
                    some => list(some),
                };
                filled(
                    &self.said.other_top,
                    &[
                        ("by", &self.check(*by)),
                        ("there", &or_nothing(only_there)),
                        ("here", &or_nothing(only_points)),
                    ],
                )
            }
        }
    }

    fn agreement(&self) -> Option<String> {
        let (w, word) = self.facts.agreement?;
        let sentence = match word {
            Agreement::Little => &self.said.little_agreement,
            _ => &self.said.agreement,
        };
        let (word, w) = self.hints.agreement(w, word);
        Some(filled(sentence, &[("word", &word), ("w", &w)]))
    }

    fn partial(&self) -> Option<String> {
        let sentence = match self.facts.partial {
            0 => return None,
            1 => &self.said.partial_one,
            _ => &self.said.partial_many,
        };
        let ballots = self.ballots(self.facts.partial);
        Some(filled(sentence, &[("ballots", &ballots)]))
    }

    fn blank(&self) -> Option<String> {
        let sentence = match self.facts.blank {
            0 => return None,
            1 => &self.said.blank_one,
            _ => &self.said.blank_many,
        };
        let ballots = self.ballots(self.facts.blank);
        Some(filled(sentence, &[("ballots", &ballots)]))
    }

    fn name(&self, candidate: usize) -> String {
        let found = self.names.get(candidate).cloned();
        found.unwrap_or_else(|| filled(&self.said.item, &[("n", &(candidate + 1))]))
    }

    fn list(&self, candidates: impl Iterator<Item = usize>) -> String {
        self.hints.and(&self.short_list(candidates))
    }

    /// Names, or how many when they are too many to listen to.
    fn short_list(&self, candidates: impl Iterator<Item = usize>) -> Vec<String> {
        let all: Vec<usize> = candidates.collect();
        if all.len() > NAMES {
            return vec![filled(&self.said.items, &[("n", &self.few(all.len()))])];
        }
        all.into_iter()
            .map(|candidate| self.name(candidate))
            .collect()
    }

    fn points(&self, standing: &Standing) -> String {
        let sentence = match standing.points.doubled() {
            2 => &self.said.point,
            _ => &self.said.points,
        };
        filled(sentence, &[("n", &self.hints.decimal(&standing.points))])
    }

    fn ballots(&self, n: u64) -> String {
        let sentence = match n {
            1 => &self.said.ballot,
            _ => &self.said.ballots,
        };
        filled(sentence, &[("n", &n)])
    }

    /// "once", "twice", "41 times".
    fn times(&self, n: u64) -> String {
        match n {
            0 => self.said.never.clone(),
            1 => self.said.once.clone(),
            2 => self.said.twice.clone(),
            n => filled(&self.said.times, &[("n", &n)]),
        }
    }

    /// Small numbers as words, as people say them.
    fn few(&self, n: usize) -> String {
        let word = self.said.few.split(' ').nth(n);
        word.map_or_else(|| n.to_string(), str::to_owned)
    }

    fn check(&self, by: CrossCheck) -> &str {
        match by {
            CrossCheck::Copeland => &self.said.copeland,
            CrossCheck::Schulze => &self.said.schulze,
        }
    }
}

fn score(duel: Duel) -> String {
    format!("{}\u{2013}{}", duel.ours, duel.theirs)
}
