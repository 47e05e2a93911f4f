//! Markdown, in the part of it that every reader shares, with tables.
//!
//! Owns the escaping: whatever people typed comes out as the characters they typed. That
//! holds for emphasis, links, HTML, headings, lists, tables, and the addresses that some
//! readers turn into links by themselves.

use super::blocks::Block;

/// A document in Markdown.
pub fn markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut was_item = false;
    for block in blocks {
        let is_item = matches!(block, Block::Item(..));
        let goes_on = was_item && is_item;
        if !out.is_empty() && !goes_on {
            out.push('\n');
        }
        was_item = is_item;
        write(&mut out, block);
    }
    out
}

fn write(out: &mut String, block: &Block) {
    match block {
        Block::Title(text) => line(out, &format!("# {}", inline(text))),
        Block::Heading(level, text) => {
            let marks = "#".repeat(usize::from(*level));
            line(out, &format!("{marks} {}", inline(text)));
        }
        Block::Para(text) => line(out, &lines(text, "")),
        Block::Small(text) => line(out, &format!("<small>{}</small>", inline(text))),
        Block::Quote(text, source) => quote(out, text, source),
        Block::Item(mark, text, details) => item(out, mark, text, details),
        Block::Table(head, rows) => table(out, head, rows),
        // The numbers are in the cells; a bar would add nothing to them here.
        Block::Bars { head, rows, .. } => {
            let rows: Vec<Vec<String>> = rows.iter().map(|row| row.cells.clone()).collect();
            table(out, head, &rows);
        }
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn quote(out: &mut String, text: &[String], source: &str) {
    for piece in text {
        line(out, &format!("> {}", lines(piece, "> ")));
        line(out, ">");
    }
    line(out, &format!("> <small>{}</small>", inline(source)));
}

fn item(out: &mut String, mark: &str, text: &str, details: &[String]) {
    line(
        out,
        &format!("- **{}**: {}", inline(mark), lines(text, "  ")),
    );
    for detail in details {
        line(out, &format!("  - {}", lines(detail, "    ")));
    }
}

fn table(out: &mut String, head: &[String], rows: &[Vec<String>]) {
    let written = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| in_cell(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    line(out, &written(head));
    line(out, &format!("|{}", " --- |".repeat(head.len())));
    for row in rows {
        line(out, &written(row));
    }
}

/// A table takes one line: line feeds become breaks.
fn in_cell(text: &str) -> String {
    let all: Vec<String> = text.split('\n').map(inline).collect();
    all.join("<br>")
}

/// Text of several lines: each begins as text, and each break stays one.
fn lines(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut all = text.split('\n').peekable();
    while let Some(one) = all.next() {
        out.push_str(&inline(one));
        match all.peek() {
            // An empty line ends the paragraph; around it no break is needed.
            Some(next) if one.trim().is_empty() || next.trim().is_empty() => {
                out.push('\n');
                out.push_str(if next.trim().is_empty() {
                    indent.trim_end()
                } else {
                    indent
                });
            }
            Some(_) => {
                out.push_str("\\\n");
                out.push_str(indent);
            }
            None => {}
        }
    }
    out
}

/// One line of plain text. What it begins with must not make it a heading, a list, a quote
/// or code, and nothing in it may be markup. What needs no mark gets none: people read and
/// edit this text as it is.
fn inline(text: &str) -> String {
    let text = text.trim();
    let mut out = String::with_capacity(text.len() + 8);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let mut rest = text.chars();
    for n in 0.. {
        let Some(c) = rest.next() else { break };
        let begins = n == 0 && matches!(c, '#' | '+' | '-' | '=' | '>' | ':');
        let numbers = digits > 0 && n == digits && matches!(c, '.' | ')');
        let next = rest.clone().next().unwrap_or(' ');
        let entity = c == '&' && (next == '#' || next.is_ascii_alphanumeric());
        if begins || numbers || entity || is_markup(c) || makes_a_link(&out, c) {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

const fn is_markup(c: char) -> bool {
    matches!(
        c,
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '$'
    )
}

/// "http://…", "www.…" and "name@host" become links in many readers.
fn makes_a_link(before: &str, c: char) -> bool {
    match c {
        '/' => before.ends_with(':'),
        '.' => before.to_ascii_lowercase().ends_with("www"),
        '@' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_never_markup() {
        assert_eq!(inline("# not a heading"), r"\# not a heading");
        assert_eq!(inline("12. not a list"), r"12\. not a list");
        assert_eq!(inline("<script>x</script>"), r"\<script>x\</script>");
        assert_eq!(
            inline("[a](javascript:b) ![c](d)"),
            r"\[a\](javascript:b) !\[c\](d)"
        );
        assert_eq!(
            inline("see https://x.org or www.x.org"),
            r"see https:\//x.org or www\.x.org"
        );
        assert_eq!(
            inline("&lt; a*b_c `d` ~~e~~"),
            r"\&lt; a\*b\_c \`d\` \~\~e\~\~"
        );
        assert_eq!(inline("now. A & B -> c"), "now. A & B -> c");
        assert_eq!(inline("> quoted"), r"\> quoted");
        assert_eq!(in_cell("a|b\nc"), r"a\|b<br>c");
    }

    #[test]
    fn lines_stay_lines_and_stay_in_their_item() {
        assert_eq!(lines("a\nb", "  "), "a\\\n  b");
        assert_eq!(lines("a\n\n    b\n- c", "  "), "a\n\n  b\\\n  \\- c");
    }
}
