//! The facts of a result in English, one sentence a fact, short enough to be read aloud.

use crate::tally::compare::CrossCheck;
use crate::tally::{Agreement, Disagreement, Duel};

use super::words::{and, count, few, or, times};
use super::{Explanation, Standing};

/// More names than this in one breath are given as a number.
const NAMES: usize = 4;

/// Who leads and why, how sure it is, and what the other methods say.
pub fn sentences(facts: &Explanation, names: &[String]) -> Vec<String> {
    let english = English { facts, names };
    let mut said = english.lead();
    said.extend(english.stability());
    said.extend(english.methods());
    said.extend(english.agreement());
    said.extend(english.partial());
    said.extend(english.blank());
    said
}

struct English<'a> {
    facts: &'a Explanation,
    names: &'a [String],
}

impl English<'_> {
    fn lead(&self) -> Vec<String> {
        match self.facts.leaders.as_slice() {
            [] => vec!["No ballot ranks anything yet.".into()],
            [only] if only.others() == 0 => {
                vec![format!("{} is the only item.", self.lead_name(only))]
            }
            [only] => vec![self.sole_lead(only), self.duels("It", only)],
            several => self.shared_lead(several),
        }
    }

    fn sole_lead(&self, leader: &Standing) -> String {
        let (who, points) = (self.lead_name(leader), points(leader));
        let (ballots, above) = (count(self.facts.ballots, "ballot"), times(leader.above));
        let level = match leader.level {
            0 => String::new(),
            level => format!(" and level {}", times(level)),
        };
        format!(
            "{who} leads with {points}: over {ballots} it was placed above another item \
             {above}{level}."
        )
    }

    /// When everyone is level, who beats whom says nothing that the methods do not say below.
    fn shared_lead(&self, leaders: &[Standing]) -> Vec<String> {
        let all = leaders.len() == self.facts.candidates;
        let who = match leaders.len() {
            2 if all => "Both items".into(),
            number if all => format!("All {} items", few(number)),
            _ => self.list(leaders.iter().map(|leader| leader.candidate)),
        };
        let each = leaders.first().map(points).unwrap_or_default();
        let ballots = count(self.facts.ballots, "ballot");
        let first = format!("{who} are level on first place with {each} each, over {ballots}.");
        let told = if all || leaders.len() > NAMES {
            &[]
        } else {
            leaders
        };
        let duels = told
            .iter()
            .map(|leader| self.duels(&self.lead_name(leader), leader));
        std::iter::once(first).chain(duels).collect()
    }

    fn duels(&self, subject: &str, standing: &Standing) -> String {
        let others = standing.others();
        let Some(closest) = standing
            .beats
            .first()
            .filter(|_| standing.beats.len() == others)
        else {
            return self.mixed_duels(subject, standing);
        };
        let (score, over, all) = (score(*closest), self.name(closest.other), few(others));
        if others == 1 {
            return format!("{subject} beats {over} head to head, {score}.");
        }
        format!("{subject} beats all {all} others head to head, closest {score} over {over}.")
    }

    fn mixed_duels(&self, subject: &str, standing: &Standing) -> String {
        let subject = if subject == "It" { "it" } else { subject };
        let list = |duels: &[Duel]| self.list(duels.iter().map(|duel| duel.other));
        let mut parts = Vec::new();
        if !standing.beats.is_empty() {
            let (beats, others) = (few(standing.beats.len()), few(standing.others()));
            parts.push(format!("beats {beats} of {others} others"));
        }
        if !standing.level_with.is_empty() {
            parts.push(format!("is level with {}", list(&standing.level_with)));
        }
        match standing.loses_to.as_slice() {
            [] => {}
            [only] => parts.push(format!(
                "loses to {}, {}",
                self.name(only.other),
                score(*only)
            )),
            several => parts.push(format!("loses to {}", list(several))),
        }
        format!("Head to head, {subject} {}.", and(&parts))
    }

    fn stability(&self) -> Option<String> {
        let could_lead = self.facts.could_lead.as_ref()?;
        if self.facts.stable? {
            return Some("No single ballot decides first place.".into());
        }
        let who = or(&self.short_list(could_lead.iter().copied()));
        Some(format!("One ballot could change first place: {who}."))
    }

    fn methods(&self) -> Vec<String> {
        if self.facts.candidates < 2 || self.facts.ballots == 0 {
            return Vec::new();
        }
        let mut said = Vec::new();
        if self.facts.head_to_head_winner.is_none() {
            said.push("No item beats all others head to head.".into());
        }
        let found = &self.facts.disagreements;
        if found
            .iter()
            .all(|found| matches!(found, Disagreement::TopFour { .. }))
        {
            said.push("Points, Copeland and Schulze agree on first place.".into());
        }
        said.extend(found.iter().map(|found| self.disagreement(found)));
        said
    }

    fn disagreement(&self, found: &Disagreement) -> String {
        let list = |these: &[usize]| self.list(these.iter().copied());
        match found {
            Disagreement::HeadToHeadWinner { winner, points } => {
                let (winner, points) = (self.name(*winner), list(points));
                format!(
                    "The methods disagree: {winner} beats every other item head to head, \
                     points put {points} first."
                )
            }
            Disagreement::First {
                by,
                leaders,
                points,
            } => {
                let (by, leaders, points) = (check(*by), list(leaders), list(points));
                format!(
                    "The methods disagree: {by} puts {leaders} first, points put {points} first."
                )
            }
            Disagreement::TopFour {
                by,
                only_there,
                only_points,
            } => {
                let or_nothing = |these: &[usize]| match these {
                    [] => "nothing more".into(),
                    some => list(some),
                };
                let (there, here) = (or_nothing(only_there), or_nothing(only_points));
                format!(
                    "The top four differ: {} has {there} where points have {here}.",
                    check(*by)
                )
            }
        }
    }

    fn agreement(&self) -> Option<String> {
        let (w, word) = self.facts.agreement?;
        let doubt = match word {
            Agreement::Little => {
                ": scattered views or opposed camps, which the spread of each item shows"
            }
            _ => "",
        };
        Some(format!("There is {word} agreement (W {w:.2}){doubt}."))
    }

    fn partial(&self) -> Option<String> {
        let ballots = count(self.facts.partial, "ballot");
        match self.facts.partial {
            0 => None,
            1 => Some(format!(
                "{ballots} leaves items out; those share its last place."
            )),
            _ => Some(format!(
                "{ballots} leave items out; those share the last place there."
            )),
        }
    }

    fn blank(&self) -> Option<String> {
        let ballots = count(self.facts.blank, "ballot");
        match self.facts.blank {
            0 => None,
            1 => Some(format!("{ballots} is blank and not counted.")),
            _ => Some(format!("{ballots} are blank and not counted.")),
        }
    }

    fn lead_name(&self, standing: &Standing) -> String {
        self.name(standing.candidate)
    }

    fn name(&self, candidate: usize) -> String {
        self.names
            .get(candidate)
            .cloned()
            .unwrap_or_else(|| format!("item {}", candidate + 1))
    }

    fn list(&self, candidates: impl Iterator<Item = usize>) -> String {
        and(&self.short_list(candidates))
    }

    /// Names, or how many when they are too many to listen to.
    fn short_list(&self, candidates: impl Iterator<Item = usize>) -> Vec<String> {
        let all: Vec<usize> = candidates.collect();
        if all.len() > NAMES {
            return vec![format!("{} items", few(all.len()))];
        }
        all.into_iter()
            .map(|candidate| self.name(candidate))
            .collect()
    }
}

fn points(standing: &Standing) -> String {
    let unit = if standing.points.doubled() == 2 {
        "point"
    } else {
        "points"
    };
    format!("{} {unit}", standing.points)
}

fn score(duel: Duel) -> String {
    format!("{}\u{2013}{}", duel.ours, duel.theirs)
}

fn check(by: CrossCheck) -> &'static str {
    match by {
        CrossCheck::Copeland => "counting wins (Copeland)",
        CrossCheck::Schulze => "strongest paths (Schulze)",
    }
}
