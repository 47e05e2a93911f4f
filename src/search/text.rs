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

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() && out.len() < limit {
        if !is_word_char(chars[i]) {
            i += 1;
            continue;
        }
        let start = i;
        while i < chars.len()
            && (is_word_char(chars[i]) || is_combining_mark(chars[i]) || joins(&chars, start, i))
        {
            i += 1;
        }
        let typed: String = chars[start..i].iter().collect();
        let folded = fold(&typed);
        if folded.is_empty() || folded.chars().count() > LONGEST_WORD {
            if !folded.is_empty() {
                let canon: String = folded.chars().take(LONGEST_WORD).collect();
                out.push(Word {
                    typed,
                    light: canon.clone(),
                    canon,
                    role: Role::Content,
                    at: start..i,
                });
            }
            continue;
        }
        let role = match FUNCTION_OR_STOP.get(folded.as_str()) {
            Some(None) => continue,
            Some(Some(role)) => *role,
            None if folded.chars().count() == 1
                && !folded.starts_with(|c: char| c.is_numeric()) =>
            {
                continue;
            }
            None if folded.chars().all(char::is_numeric) => continue,
            None => Role::Content,
        };
        let canon = canon(&folded);
        out.push(Word {
            typed,
            light: light(&canon),
            canon,
            role,
            at: start..i,
        });
    }
    out
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

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
}

/// `m&e` and `h&s` are one word each.
fn joins(chars: &[char], start: usize, at: usize) -> bool {
    chars[at] == '&'
        && at == start + 1
        && chars.get(at + 1).is_some_and(|c| c.is_alphabetic())
        && chars.get(at + 2).is_none_or(|c| !c.is_alphanumeric())
}

/// One spelling for variants: `z` before a vowel is `s`, doubled consonants are single, `-our` and
/// `-re` endings of common words are American. Only ever compared with itself, never shown.
pub fn canon(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut before = '\0';
    let mut rest = folded.chars().peekable();
    while let Some(c) = rest.next() {
        let vowel_next = rest.peek().is_some_and(|n| "aeiouy".contains(*n));
        let c = if c == 'z' && vowel_next && folded.len() > 4 {
            's'
        } else {
            c
        };
        let doubled = c == before && c.is_alphabetic() && !"aeiou".contains(c);
        if !doubled {
            out.push(c);
        }
        before = c;
    }
    for (british, american) in SPELLINGS {
        if let Some(at) = out.find(british) {
            out.replace_range(at..at + british.len(), american);
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
    ("center", "centre"),
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

static FUNCTION_OR_STOP: LazyLock<HashMap<&'static str, Option<Role>>> = LazyLock::new(|| {
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
