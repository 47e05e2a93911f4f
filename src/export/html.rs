//! One HTML page that carries everything itself and prints on A4.
//!
//! Owns the escaping and the looks. The page loads nothing and runs nothing, and says so
//! to the browser. Text that people typed takes its own direction (`dir="auto"`).

use std::fmt::Write;

use super::blocks::{Bar, Block, Shade};

/// The width of a bar, in its own units.
const WIDE: u64 = 200;

/// The pattern of striped parts. A fill is printed where a background is not.
const STRIPES: &str = "<svg width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\
<pattern id=\"stripes\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
<rect width=\"6\" height=\"6\" fill=\"#fff\"/><rect width=\"3\" height=\"6\" fill=\"#555\"/></pattern></defs></svg>\n";

const STYLE: &str = "\
body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.8rem;line-height:1.2}h2{font-size:1.35rem;border-bottom:1px solid #767676;padding-bottom:.2rem;margin-top:2rem}
h3{font-size:1.1rem;margin-top:1.5rem}h4{font-size:1rem;margin-bottom:.3rem}
p,li,td,blockquote{white-space:pre-line;overflow-wrap:anywhere}
small{color:#555}blockquote{margin:.5rem 0;padding:.2rem 1rem;border-left:3px solid #767676}
blockquote p{margin:.3rem 0}ul{padding-left:1.2rem}li ul{list-style:none;padding-left:1rem;color:#444}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:start;vertical-align:top}
td.bar{width:24%;min-width:7rem}svg.bar{width:100%;height:14px;display:block}
@page{size:A4;margin:20mm}
@media print{body{font-size:11pt;max-width:none;margin:0;padding:0}h2,h3,h4{break-after:avoid}li,tr,blockquote{break-inside:avoid}}";

/// A document as one page.
pub fn html(blocks: &[Block]) -> String {
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(text) => Some(escape(text)),
        _ => None,
    });
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n",
        title.unwrap_or_default()
    );
    if blocks.iter().any(|one| matches!(one, Block::Bars { .. })) {
        out.push_str(STRIPES);
    }
    let mut in_list = false;
    for block in blocks {
        let is_item = matches!(block, Block::Item(..));
        if is_item != in_list {
            out.push_str(if is_item { "<ul>\n" } else { "</ul>\n" });
            in_list = is_item;
        }
        write(&mut out, block);
    }
    if in_list {
        out.push_str("</ul>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn write(out: &mut String, block: &Block) {
    // Writing to a string cannot fail.
    let _ = match block {
        Block::Title(text) => writeln!(out, "<h1 dir=\"auto\">{}</h1>", escape(text)),
        Block::Heading(level, text) => {
            writeln!(out, "<h{level} dir=\"auto\">{}</h{level}>", escape(text))
        }
        Block::Para(text) => writeln!(out, "<p dir=\"auto\">{}</p>", escape(text)),
        Block::Small(text) => writeln!(out, "<p><small>{}</small></p>", escape(text)),
        Block::Quote(text, source) => {
            let pieces = each(text, |piece| format!("<p>{}</p>\n", escape(piece)));
            let source = escape(source);
            writeln!(
                out,
                "<blockquote>\n{pieces}<p><small>{source}</small></p>\n</blockquote>"
            )
        }
        Block::Item(mark, text, details) => writeln!(out, "{}", item(mark, text, details)),
        Block::Table(head, rows) => writeln!(out, "{}", table(head, rows)),
        Block::Bars { head, rows, legend } => {
            let legend = escape(legend);
            writeln!(out, "<p><small>{legend}</small></p>\n{}", bars(head, rows))
        }
    };
}

fn item(mark: &str, text: &str, details: &[String]) -> String {
    let inner = each(details, |one| {
        format!("<li dir=\"auto\">{}</li>", escape(one))
    });
    let inner = if inner.is_empty() {
        inner
    } else {
        format!("<ul>{inner}</ul>")
    };
    let (mark, text) = (escape(mark), escape(text));
    format!("<li dir=\"auto\"><strong>{mark}</strong>: {text}{inner}</li>")
}

fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let head = each(head, |cell| {
        format!("<th scope=\"col\">{}</th>", escape(cell))
    });
    let row = |row: &Vec<String>| {
        let cells = each(row, |cell| {
            format!("<td dir=\"auto\">{}</td>", escape(cell))
        });
        format!("<tr>{cells}</tr>\n")
    };
    let rows = rows.iter().map(row).collect::<Vec<String>>().concat();
    format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>")
}

/// A table whose rows end in a bar. The bars hang on numbers alone: no text is in them.
fn bars(head: &[String], rows: &[Bar]) -> String {
    let head = each(head, |cell| {
        format!("<th scope=\"col\">{}</th>", escape(cell))
    });
    let row = |row: &Bar| {
        let cells = each(&row.cells, |cell| {
            format!("<td dir=\"auto\">{}</td>", escape(cell))
        });
        format!("<tr>{cells}<td class=\"bar\">{}</td></tr>\n", bar(row))
    };
    let rows = rows.iter().map(row).collect::<Vec<String>>().concat();
    format!(
        "<table>\n<thead><tr>{head}<th aria-hidden=\"true\"></th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>"
    )
}

/// One bar: its parts side by side in a frame. The numbers stand in the row, so a reader
/// that speaks passes it over.
fn bar(row: &Bar) -> String {
    let mut out = format!(
        "<svg class=\"bar\" viewBox=\"0 0 {WIDE} 14\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
    );
    let mut at = 0;
    for (shade, part) in &row.parts {
        let wide = (u128::from(*part) * u128::from(WIDE))
            .checked_div(u128::from(row.all))
            .map_or(0, |wide| u64::try_from(wide).unwrap_or(WIDE))
            .min(WIDE - at);
        let fill = match shade {
            Shade::Full => "#1a1a1a",
            Shade::Striped => "url(#stripes)",
        };
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<rect x=\"{at}\" y=\"1\" width=\"{wide}\" height=\"12\" fill=\"{fill}\"/>"
        );
        at += wide;
    }
    let _ = write!(
        out,
        "<rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"13\" fill=\"none\" stroke=\"#767676\"/></svg>",
        WIDE - 1
    );
    out
}

fn each(some: &[String], write: impl Fn(&str) -> String) -> String {
    let all: Vec<String> = some.iter().map(|one| write(one)).collect();
    all.concat()
}

/// Plain text where HTML stands, in elements and in attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
