//! `PrefLib`'s formats for orders, as files are written since 2022 (a header of `# KEY: value`
//! lines) and before (bare numbers).
//!
//! ```text
//!  # DATA TYPE: toi                     3              how many candidates
//!  # NUMBER ALTERNATIVES: 3             1,Access map
//!  # NUMBER VOTERS: 5                   2,3W
//!  # ALTERNATIVE NAME 1: Access map     3,Referrals
//!  # ALTERNATIVE NAME 2: 3W             5,5,2          voters, sum of counts, different orders
//!  # ALTERNATIVE NAME 3: Referrals      3,1,{2,3}
//!  3: 1,{2,3}                           2,2
//!  2: 2
//! ```
//!
//! What the header promises (orders without ties, complete orders, how many voters) is checked, so
//! that a cut-off file is not counted by half.

use super::{InputError, Orders, check_distinct, check_some, placed};
use crate::tally::{Ballot, MAX_CANDIDATES, Profile};

/// A file as far as it is read.
struct Draft {
    orders: Orders,
    candidates: Option<usize>,
    voters: Option<u64>,
    names: Vec<Option<String>>,
    ballots: Vec<Ballot>,
    /// The line of each ballot.
    lines: Vec<usize>,
}

/// A line and its number; blank lines are left out.
type Lines<'a> = Box<dyn Iterator<Item = (usize, &'a str)> + 'a>;

pub(super) fn read(text: &str, orders: Orders) -> Result<Profile, InputError> {
    let mut draft = Draft {
        orders,
        candidates: None,
        voters: None,
        names: Vec::new(),
        ballots: Vec::new(),
        lines: Vec::new(),
    };
    let lines = (1..)
        .zip(text.lines().map(str::trim))
        .filter(|(_, line)| !line.is_empty());
    if text.trim_start().starts_with('#') {
        draft.read_modern(Box::new(lines))?;
    } else {
        draft.read_old(Box::new(lines))?;
    }
    draft.finish()
}

impl Draft {
    fn read_modern(&mut self, lines: Lines) -> Result<(), InputError> {
        for (line, text) in lines {
            let read = match text.strip_prefix('#') {
                Some(header) => self.header(header),
                None => self.ballot(line, text, ':'),
            };
            read.map_err(|what| InputError::line(line, what))?;
        }
        Ok(())
    }

    fn header(&mut self, text: &str) -> Result<(), String> {
        let (key, value) = text.split_once(':').unwrap_or((text, ""));
        let (key, value) = (key.trim(), value.trim());
        match key {
            "DATA TYPE" => {
                self.orders = Orders::from_name(value).ok_or_else(|| no_orders(value))?;
            }
            "NUMBER ALTERNATIVES" => self.candidates = Some(candidates(value)?),
            "NUMBER VOTERS" => self.voters = Some(number(value)?),
            _ => {
                if let Some(candidate) = key.strip_prefix("ALTERNATIVE NAME ") {
                    self.name(candidate, value)?;
                }
            }
        }
        Ok(())
    }

    fn read_old(&mut self, mut lines: Lines) -> Result<(), InputError> {
        let mut header = |what| {
            lines
                .next()
                .ok_or_else(|| InputError::whole(format!("the file ends before {what}")))
        };
        let (line, text) = header("the number of candidates")?;
        let count = candidates(text).map_err(|what| InputError::line(line, what))?;
        self.candidates = Some(count);
        for _ in 0..count {
            let (line, text) = header("the last candidate")?;
            let named = match text.split_once(',') {
                Some((candidate, name)) => self.name(candidate, name.trim()),
                None => Err("a candidate should stand here: number,name".into()),
            };
            named.map_err(|what| InputError::line(line, what))?;
        }
        let (line, text) = header("the numbers of voters")?;
        self.voters = Some(sum_of_counts(text).map_err(|what| InputError::line(line, what))?);
        for (line, text) in lines {
            self.ballot(line, text, ',')
                .map_err(|what| InputError::line(line, what))?;
        }
        Ok(())
    }

    fn name(&mut self, candidate: &str, name: &str) -> Result<(), String> {
        let candidate = candidates(candidate)?;
        let slot = candidate
            .checked_sub(1)
            .ok_or("candidates are counted from 1")?;
        if self.names.len() <= slot {
            self.names.resize(slot + 1, None);
        }
        if self.names[slot].replace(name.to_owned()).is_some() {
            return Err(format!("candidate {candidate} is named twice"));
        }
        Ok(())
    }

    fn ballot(&mut self, line: usize, text: &str, after_count: char) -> Result<(), String> {
        let (count, order) = match text.split_once(after_count) {
            Some((count, order)) => (count, order),
            // A blank ballot of the old format is a bare count.
            None if after_count == ',' => (text, ""),
            None => {
                return Err("neither a header (# KEY: value) nor a ballot (count: order)".into());
            }
        };
        let ballot = Ballot::times(number(count)?, ranking(order)?);
        if !self.orders.may_tie() && ballot.ranking.iter().any(|group| group.len() > 1) {
            return Err("it ties candidates in a file of strict orders".into());
        }
        self.ballots.push(ballot);
        self.lines.push(line);
        Ok(())
    }

    fn finish(self) -> Result<Profile, InputError> {
        let names = self.all_names()?;
        check_some(names.len())?;
        check_distinct(&names)?;
        let lines = self.lines;
        let profile = Profile::new(names, self.ballots).map_err(|fault| {
            placed(fault, |ballot, what| {
                InputError::line(lines[ballot - 1], what)
            })
        })?;
        let short = profile
            .ballots()
            .iter()
            .position(|ballot| ballot.listed() < profile.candidates());
        if let Some(ballot) = short.filter(|_| !self.orders.may_leave_out()) {
            return Err(InputError::line(
                lines[ballot],
                "it leaves candidates out in a file of complete orders",
            ));
        }
        check_voters(&profile, self.voters)?;
        Ok(profile)
    }

    fn all_names(&self) -> Result<Vec<String>, InputError> {
        let count = self.candidates.unwrap_or(self.names.len());
        if self.names.len() > count {
            let named = self.names.len();
            return Err(InputError::whole(format!(
                "candidate {named} is named, but there are {count}"
            )));
        }
        let name = |slot: usize| self.names.get(slot).cloned().flatten();
        let missing = |slot| InputError::whole(format!("candidate {} is not named", slot + 1));
        (0..count)
            .map(|slot| name(slot).ok_or_else(|| missing(slot)))
            .collect()
    }
}

fn check_voters(profile: &Profile, promised: Option<u64>) -> Result<(), InputError> {
    let found = profile.counted() + profile.blank();
    match promised {
        Some(promised) if promised != found => Err(InputError::whole(format!(
            "the header promises {promised} voters, the ballots add up to {found}"
        ))),
        _ => Ok(()),
    }
}

fn no_orders(kind: &str) -> String {
    format!("the data type is {kind:?}; soc, soi, toc and toi hold orders that can be counted")
}

fn number(text: &str) -> Result<u64, String> {
    let text = text.trim();
    text.parse()
        .map_err(|_| format!("{text:?} is not a whole number that can be counted"))
}

/// A number of candidates or a candidate's number, bounded before anything is made that long.
fn candidates(text: &str) -> Result<usize, String> {
    let count = number(text)?;
    match usize::try_from(count) {
        Ok(count) if count <= MAX_CANDIDATES => Ok(count),
        _ => Err(format!("{count} is more than {MAX_CANDIDATES} candidates")),
    }
}

/// The second number of `voters,sum of counts,different orders`.
fn sum_of_counts(text: &str) -> Result<u64, String> {
    let numbers: Result<Vec<u64>, String> = text.split(',').map(number).collect();
    match numbers?.as_slice() {
        [_, sum, _] => Ok(*sum),
        _ => Err("three numbers should stand here: voters, sum of counts, different orders".into()),
    }
}

/// `3,{1,2},4` as groups of places in the list.
fn ranking(text: &str) -> Result<Vec<Vec<usize>>, String> {
    let mut groups = Vec::new();
    let mut open: Option<Vec<usize>> = None;
    let tokens = text
        .split(',')
        .map(str::trim)
        .filter(|_| !text.trim().is_empty());
    for token in tokens {
        let (opens, token) = token
            .strip_prefix('{')
            .map_or((false, token), |rest| (true, rest));
        let (closes, token) = token
            .strip_suffix('}')
            .map_or((false, token), |rest| (true, rest));
        if opens && open.replace(Vec::new()).is_some() {
            return Err("a { stands inside a {".into());
        }
        let candidate = place(token)?;
        match &mut open {
            Some(group) => group.push(candidate),
            None => groups.push(vec![candidate]),
        }
        if closes {
            groups.push(open.take().ok_or("a } has no {")?);
        }
    }
    if open.is_some() {
        return Err("a { is not closed".into());
    }
    Ok(groups)
}

fn place(token: &str) -> Result<usize, String> {
    let candidate =
        number(token).map_err(|_| format!("{:?} is not a candidate's number", token.trim()))?;
    let slot = candidate
        .checked_sub(1)
        .ok_or("candidates are counted from 1")?;
    usize::try_from(slot).map_err(|_| format!("there is no candidate {candidate}"))
}
