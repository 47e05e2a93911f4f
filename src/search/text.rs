//! Words: how a line of text becomes comparable words in English, French and Spanish.
//!
//! Owns folding (accents, case, British and American spelling), tokens, stop words and stems. Knows
//! nothing of categories. The promise: case, accents, doubled spaces and stop words leave no trace in
//! [`words`], so they cannot change a ranking. Each word has three forms, from strict to loose:
//!
//! ```text
//! typed      canon       light      snowball
//! Organizing organising  organising organ      (the last one for one language)
//! colonies   colonies    coloni     coloni
//! ```
//!
//! Start at [`words`].

use std::ops::Range;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::quick::Map;

/// A language in which needs are typed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum Lang {
    /// English
    En,
    /// French
    Fr,
    /// Spanish
    Es,
}

impl Lang {
    /// The three languages, English first.
    pub const ALL: [Lang; 3] = [Lang::En, Lang::Fr, Lang::Es];

    /// Two small letters, as in file names.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Fr => "fr",
            Lang::Es => "es",
        }
    }
}

/// What a word does in a sentence, which decides how far it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Carries meaning; counted among the words understood or not.
    Content,
    /// Gives shape ("who", "our", "she"): may be evidence, never counted as understood.
    Function,
}

/// One word of a text, stop words left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As the person typed it.
    pub typed: String,
    /// Accents, case and spelling variants folded; endings kept.
    pub canon: String,
    /// `canon` without its plural.
    pub light: String,
    /// Content or function word.
    pub role: Role,
    /// Where it stands, in characters.
    pub at: Range<usize>,
}

/// Folds one character to one character: lower case without its accent. Used where positions matter.
///
/// ```
/// assert_eq!(pim::search::text::fold_char('É'), 'e');
/// ```
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => return '\'',
        'œ' | 'Œ' | 'ø' | 'Ø' => return 'o',
        'æ' | 'Æ' => return 'a',
        'ß' => return 's',
        'ł' | 'Ł' => return 'l',
        _ => {}
    }
    let base = std::iter::once(c)
        .nfkd()
        .find(|c| !is_combining_mark(*c))
        .unwrap_or(c);
    base.to_lowercase().next().unwrap_or(base)
}

/// Lower case without accents; a ligature becomes its letters.
///
/// ```
/// assert_eq!(pim::search::text::fold("Évaluation des SŒURS"), "evaluation des soeurs");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c if is_combining_mark(c) => {}
            c => {
                for d in std::iter::once(c).nfkd().filter(|d| !is_combining_mark(*d)) {
                    out.extend(fold_char(d).to_lowercase());
                }
            }
        }
    }
    out
}

/// Splits a text into words and leaves stop words out. Stops after `limit` words.
pub fn words_up_to(text: &str, limit: usize) -> Vec<Word> {
    split(text, limit, str::to_owned)
}

/// The same words without what was typed, for building.
pub(super) fn bare_words(text: &str) -> Vec<Word> {
    split(text, usize::MAX, |_| String::new())
}

fn split(text: &str, limit: usize, typed: impl Fn(&str) -> String) -> Vec<Word> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut at = 0;
    while out.len() < limit {
        let Some(gap) = rest.find(char::is_alphanumeric) else {
            break;
        };
        let (before, from_word) = rest.split_at(gap);
        at += before.chars().count();
        let (raw, after) = from_word.split_at(word_length(from_word));
        let length = if raw.is_ascii() {
            raw.len()
        } else {
            raw.chars().count()
        };
        out.extend(word(raw, &typed, at..at + length));
        at += length;
        rest = after;
    }
    out
}

fn word(raw: &str, typed: impl Fn(&str) -> String, at: Range<usize>) -> Option<Word> {
    let mut folded = fold(raw);
    let role = match FUNCTION_OR_STOP.get(folded.as_str()) {
        Some(None) => return None,
        Some(Some(role)) => *role,
        None if folded.chars().all(char::is_numeric) => return None,
        None if folded.chars().nth(1).is_none() => return None,
        None => Role::Content,
    };
    if let Some((end, _)) = folded.char_indices().nth(LONGEST_WORD) {
        folded.truncate(end);
    }
    let canon = canon_of(folded);
    Some(Word {
        typed: typed(raw),
        light: light(&canon),
        canon,
        role,
        at,
    })
}

/// How many bytes the word at the start takes; `m&e` and `h&s` are one word each.
fn word_length(text: &str) -> usize {
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if c.is_alphanumeric() || is_mark(c) {
            continue;
        }
        let mut ahead = rest.clone().map(|(_, c)| c);
        let joins = c == '&'
            && text.chars().nth(1) == Some('&')
            && ahead.next().is_some_and(char::is_alphabetic)
            && ahead.next().is_none_or(|c| !c.is_alphanumeric());
        if !joins {
            return at;
        }
    }
    text.len()
}

/// All words of a text, stop words left out.
///
/// ```
/// let said: Vec<_> = pim::search::text::words("The needs  of CHILDREN").into_iter().map(|w| w.canon).collect();
/// assert_eq!(said, ["needs", "children"]);
/// ```
pub fn words(text: &str) -> Vec<Word> {
    words_up_to(text, usize::MAX)
}

/// Whether a folded word is a stop word.
pub fn is_stop(folded: &str) -> bool {
    matches!(FUNCTION_OR_STOP.get(folded), Some(None))
}

/// The stop words, for tests that sprinkle them.
pub fn stop_words() -> impl Iterator<Item = &'static str> {
    STOP.split_ascii_whitespace()
}

const LONGEST_WORD: usize = 40;

fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
}

/// One spelling for variants: `z` before a vowel is `s`, doubled consonants are single, `-our` and
/// `-re` endings of common words are American. Only ever compared with itself, never shown.
pub fn canon(folded: &str) -> String {
    canon_of(folded.to_owned())
}

fn canon_of(folded: String) -> String {
    let bytes = folded.as_bytes();
    let doubled = bytes
        .windows(2)
        .any(|pair| pair[0] == pair[1] && pair[0].is_ascii());
    if !doubled
        && !bytes.contains(&b'z')
        && !SPELLINGS.iter().any(|(old, _)| folded.starts_with(old))
    {
        return folded;
    }
    let mut out = String::with_capacity(folded.len());
    let mut before = '\0';
    let mut rest = folded.chars().peekable();
    while let Some(c) = rest.next() {
        let mut vowel_next = || matches!(rest.peek(), Some('a' | 'e' | 'i' | 'o' | 'u' | 'y'));
        let c = if c == 'z' && folded.len() > 4 && vowel_next() {
            's'
        } else {
            c
        };
        let doubled = c == before && c.is_alphabetic() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
        if !doubled {
            out.push(c);
        }
        before = c;
    }
    for (british, american) in SPELLINGS {
        if out.starts_with(british) {
            out.replace_range(..british.len(), american);
            break;
        }
    }
    out
}

const SPELLINGS: &[(&str, &str)] = &[
    ("behaviour", "behavior"),
    ("neighbour", "neighbor"),
    ("labour", "labor"),
    ("rumour", "rumor"),
    ("colour", "color"),
    ("honour", "honor"),
    ("favour", "favor"),
    ("harbour", "harbor"),
    ("center", "centre"),
    ("metre", "meter"),
    ("kilometre", "kilometer"),
    ("litre", "liter"),
    ("ageing", "aging"),
    ("anaemi", "anemi"),
    ("gynaeco", "gyneco"),
    ("orthopaed", "orthoped"),
    ("theater", "theatre"),
    ("defense", "defence"),
    ("license", "licence"),
    ("programe", "program"),
    ("paediatric", "pediatric"),
    ("diarrhoea", "diarhea"),
    ("diarhoea", "diarhea"),
];

/// Takes the plural off. The same for the three languages: it only has to agree with itself.
///
/// ```
/// use pim::search::text::light;
/// assert_eq!(light("stories"), light("story"));
/// assert_eq!(light("violaciones"), light("violacion"));
/// assert_eq!(light("services"), light("service"));
/// ```
pub fn light(canon: &str) -> String {
    let mut word = canon.to_owned();
    if word.len() <= 3 {
        return word;
    }
    if word.ends_with("eaux") {
        word.pop();
    } else if word.ends_with("aux") && word.len() > 4 {
        word.truncate(word.len() - 2);
        word.push('l');
    } else if word.ends_with('s') && !["us", "is"].iter().any(|end| word.ends_with(end)) {
        word.pop();
    }
    while word.ends_with('e') && word.len() > 4 {
        word.pop();
    }
    if word.ends_with('y') {
        word.pop();
        word.push('i');
    }
    word
}

/// Snowball stems, one language at a time.
pub struct Stems([Stemmer; 3]);

impl Default for Stems {
    fn default() -> Self {
        Stems([Algorithm::English, Algorithm::French, Algorithm::Spanish].map(Stemmer::create))
    }
}

impl std::fmt::Debug for Stems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stems")
    }
}

impl Stems {
    /// The Snowball stem of a canonical word.
    pub fn stem<'w>(&self, lang: Lang, canon: &'w str) -> std::borrow::Cow<'w, str> {
        let stemmer = match lang {
            Lang::En => &self.0[0],
            Lang::Fr => &self.0[1],
            Lang::Es => &self.0[2],
        };
        stemmer.stem(canon)
    }
}

/// Where the given words stand in a text, as character ranges in reading order: for marking.
///
/// ```
/// let at = pim::search::text::occurrences("Mapping the location of Mines and UXO", &["mines".into()]);
/// assert_eq!(at, vec![24..29]);
/// ```
pub fn occurrences(text: &str, marked: &[String]) -> Vec<Range<usize>> {
    let wanted: Vec<String> = marked
        .iter()
        .flat_map(|m| words(m))
        .map(|w| w.light)
        .collect();
    words(text)
        .into_iter()
        .filter(|w| wanted.contains(&w.light))
        .map(|w| w.at)
        .collect()
}

static FUNCTION_OR_STOP: LazyLock<Map<&'static str, Option<Role>>> = LazyLock::new(|| {
    let functions = FUNCTION
        .split_ascii_whitespace()
        .map(|w| (w, Some(Role::Function)));
    STOP.split_ascii_whitespace()
        .map(|w| (w, None))
        .chain(functions)
        .collect()
});

/// Words that say nothing here, in any of the three languages.
const STOP: &str = "
a an the of in on at to for from by with as and or but if then than that which is are was were be been being am
do does did has have had having it its they them their theirs there here i me my you your yours please s t re ve ll
will would shall should could may might can must also very just so such into onto upon about per via within
etc eg ie let lets give me show looking look
some any each every other others another both all those these no not nor only too
le la les un une des du de d l au aux et ou en dans sur sous par pour avec sans que qu qui ce cet ces c se
ses leur leurs il ils on y ont est sont ete etre etait etaient avoir ai as n ne pas je j tu te vous votre vos si mais donc car
cela ca ceci dont tres aussi comme chez vers entre etc m jusqu lorsqu puisque peut peuvent peux doit doivent faut fait
tout toute tous toutes autre autres meme memes
el los las uno una unos unas del al con por para y o u e que se su sus lo les es esta estan estar ha han hay haber ser
sido fue fueron era eran sobre desde hasta hacia tambien muy ya si pero porque cada todo toda todos todas otro otra otros
otras mismo misma eso esto ese esa esos esas mi tu
";

/// Words that shape a question without naming its topic.
const FUNCTION: &str = "
how many much who whom whose where when why what while our ours us we she he her hers him his this one own
before after since until now still yet again already often ever never more less most least than up down out off over under between
know tell find get gets getting got want wants wanted need needed
against during through toward towards without because same different new last next first
combien quel quelle quels quelles comment ou quand pourquoi nous notre nos elle elles cette lui plus moins encore deja avant
apres depuis pendant contre son sa avons
cuanto cuanta cuantos cuantas como cual cuales donde quien quienes cuando nuestro nuestra nuestros nuestras nos ella el hemos
mas menos aun antes despues contra durante mientras sin son este
";
