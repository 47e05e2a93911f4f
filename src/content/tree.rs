//! Where things stand in the text of a RON file.
//!
//! Owns a reader of RON that keeps places instead of values, since RON values carry none.
//! Knows nothing of what the file means. Promises to take any text: what it cannot follow
//! gives no tree. Comments belong to nothing, so nobody who works by places loses them.

use std::ops::Range;

/// Deeper nesting than any file of ours has; more is no file of ours.
const DEEPEST: usize = 32;

/// A value of the file, by its place in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// A word, a number, a text, or anything else that is taken as one.
    Leaf(Range<usize>),
    /// A list.
    List(Range<usize>, Vec<Node>),
    /// A structure.
    Struct(Range<usize>, Vec<Field>),
}

/// A field of a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: String,
    /// From its name to the end of its value.
    pub(crate) all: Range<usize>,
    /// Its value.
    pub(crate) node: Node,
}

/// A step into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// Into a field.
    In(&'a str),
    /// To an item of a list, from 0.
    Nth(usize),
}

impl Node {
    /// The value of a whole file.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let mut reader = Reader { text, at: 0 };
        reader.attributes();
        let node = reader.node(0)?;
        reader.blank();
        (reader.at == text.len()).then_some(node)
    }

    pub(crate) fn place(&self) -> Range<usize> {
        match self {
            Self::Leaf(place) | Self::List(place, _) | Self::Struct(place, _) => place.clone(),
        }
    }

    /// The value of a field.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        match self {
            Self::Struct(_, fields) => fields.iter().find(|one| one.name == name),
            _ => None,
        }
    }

    /// The value that some steps lead to; as far as they lead.
    pub(crate) fn at(&self, steps: &[Step<'_>]) -> &Node {
        let mut node = self;
        for step in steps {
            let next = match (step, node) {
                (Step::In(name), _) => node.field(name).map(|field| &field.node),
                (Step::Nth(n), Self::List(_, items)) => items.get(*n),
                (Step::Nth(_), _) => None,
            };
            let Some(next) = next else { break };
            node = next;
        }
        node
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn step(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn takes(&mut self, c: char) -> bool {
        let here = self.peek() == Some(c);
        if here {
            self.step();
        }
        here
    }

    /// Past blanks and comments.
    fn blank(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            self.at += blank;
            let rest = self.rest();
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.block_comment();
            } else if blank == 0 {
                return;
            }
        }
    }

    /// Past a comment between `/*` and `*/`, which may hold others.
    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.text.len() {
            if self.rest().starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if self.rest().starts_with("*/") {
                depth -= 1;
                self.at += 2;
            } else {
                self.step();
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Past `#![enable(…)]` at the beginning.
    fn attributes(&mut self) {
        loop {
            self.blank();
            if !self.rest().starts_with("#!") {
                return;
            }
            let rest = self.rest();
            self.at += rest.find(']').map_or(rest.len(), |end| end + 1);
        }
    }

    fn node(&mut self, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            return None;
        }
        self.blank();
        match self.peek()? {
            '[' => self.list(depth),
            '(' => self.structure(self.at, depth),
            '"' => self.quoted(),
            'r' if self.rest().starts_with("r\"") || self.rest().starts_with("r#") => self.raw(),
            '{' | '\'' => None,
            _ => self.word(depth),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        self.step();
        let mut items = Vec::new();
        loop {
            self.blank();
            if self.takes(']') {
                return Some(Node::List(start..self.at, items));
            }
            items.push(self.node(depth + 1)?);
            self.blank();
            if !self.takes(',') && self.peek() != Some(']') {
                return None;
            }
        }
    }

    /// A structure whose bracket stands here; `start` is where its name does.
    fn structure(&mut self, start: usize, depth: usize) -> Option<Node> {
        self.step();
        let mut fields = Vec::new();
        loop {
            self.blank();
            if self.takes(')') {
                return Some(Node::Struct(start..self.at, fields));
            }
            let from = self.at;
            let name = self.name();
            self.blank();
            if name.is_empty() || !self.takes(':') {
                return None;
            }
            let node = self.node(depth + 1)?;
            fields.push(Field {
                name,
                all: from..node.place().end,
                node,
            });
            self.blank();
            if !self.takes(',') && self.peek() != Some(')') {
                return None;
            }
        }
    }

    fn name(&mut self) -> String {
        let name: String = self
            .rest()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        self.at += name.len();
        name
    }

    /// A number, a name, or a structure with a name; `Some(…)` is what is in it.
    fn word(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        let word: String = self
            .rest()
            .chars()
            .take_while(|c| c.is_alphanumeric() || "_+-.".contains(*c))
            .collect();
        if word.is_empty() {
            return None;
        }
        self.at += word.len();
        let end = self.at;
        self.blank();
        if self.peek() != Some('(') {
            self.at = end;
            return Some(Node::Leaf(start..end));
        }
        if word == "Some" {
            self.step();
            let node = self.node(depth + 1)?;
            self.blank();
            return self.takes(')').then_some(node);
        }
        self.structure(start, depth)
    }

    fn quoted(&mut self) -> Option<Node> {
        let start = self.at;
        self.step();
        loop {
            match self.peek()? {
                '\\' => {
                    self.step();
                    self.step();
                }
                '"' => {
                    self.step();
                    return Some(Node::Leaf(start..self.at));
                }
                _ => self.step(),
            }
        }
    }

    fn raw(&mut self) -> Option<Node> {
        let start = self.at;
        self.step();
        let hashes = self.rest().chars().take_while(|c| *c == '#').count();
        self.at += hashes;
        if !self.takes('"') {
            return None;
        }
        let close = format!("\"{}", "#".repeat(hashes));
        self.at += self.rest().find(&close)? + close.len();
        Some(Node::Leaf(start..self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_past_comments_and_in_every_spelling() {
        let text = "#![enable(implicit_some)]\n// a (comment\n(a: [ /* x /* y */ ] */ \"b,]\\\"\", r#\"c\"\"#], d: Some(Named(e: 1.5)),)";
        let tree = Node::of(text).expect("a tree");
        let at = |steps: &[Step<'_>]| text.get(tree.at(steps).place()).expect("in the text");
        assert_eq!(at(&[Step::In("a"), Step::Nth(0)]), "\"b,]\\\"\"");
        assert_eq!(at(&[Step::In("a"), Step::Nth(1)]), "r#\"c\"\"#");
        assert_eq!(at(&[Step::In("d"), Step::In("e")]), "1.5");
    }

    #[test]
    fn what_cannot_be_followed_gives_no_tree_and_no_panic() {
        let deep = "[".repeat(100_000);
        for text in [
            "", "(", "(a", "(a:", "(a: \"", "[,", "{}", "(a: 1))", "r#", &deep, "/*",
        ] {
            assert_eq!(Node::of(text), None, "{text:.20}");
        }
    }
}
