//! Where everything goes on a screen of a given size.
//!
//! Owns the geometry. One pure function of scene and size, used by the drawing, by
//! the update (how far a page scrolls) and by the mouse (what lies under a click), so
//! that the three cannot disagree.
//!
//! ```text
//!  tabs                                     row 0
//!  (empty)
//!  lists   | title
//!  lists   | (empty)
//!  lists   | page or pages
//!  (empty)
//!  address                    hints         last row
//! ```

use std::collections::HashSet;
use std::sync::Arc;

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::lists::List;
use super::scene::{Body, Scene};
use super::wrap::{MEASURE, TextLine, lines};
use crate::app::seat::Stop;
use crate::content::{Place, Tab};
use crate::page::Page;

/// Below this size a card says what is needed.
pub const LEAST: (u16, u16) = (40, 10);
/// Width of the lists: the page beside them begins at a tab stop, which saves four bytes a row.
const LISTS: u16 = 31;
/// Screens narrower than this have no room for lists.
const LISTS_FROM: u16 = 70;
/// Columns side by side are at least this wide.
const COLUMN: u16 = 24;
/// Lower pages have no room for a title of two lines.
const LONG_TITLES_FROM: u16 = 8;
/// Empty cells between columns.
const GUTTER: u16 = 2;

/// A list on the screen: its rows that can be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListBox {
    /// Where it is.
    pub area: Rect,
    /// Which of the scene's lists it shows.
    pub list: usize,
    /// The first row that can be seen.
    pub first: usize,
}

/// A page on the screen, cut into lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pane {
    /// Where its lines go.
    pub area: Rect,
    /// The columns that its lines flow through, each this wide.
    pub columns: Vec<Rect>,
    /// All its lines.
    pub lines: Arc<[TextLine]>,
    /// A heading of its own, where pages stand side by side.
    pub heading: Option<(Rect, String)>,
}

/// What lies under a click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A tab.
    Tab(Tab),
    /// A row of a list.
    Place(Place),
    /// Something on the page.
    Stop(Stop),
}

/// Where everything goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The whole screen.
    pub screen: Rect,
    /// Whether the screen is too small for anything but a card.
    pub too_small: bool,
    /// The tabs.
    pub tabs: Vec<(Rect, Tab)>,
    /// The lists.
    pub lists: Vec<ListBox>,
    /// The title of the page.
    pub title: Rect,
    /// The pages.
    pub panes: Vec<Pane>,
    /// Everything between tabs and last line, for layers.
    pub body: Rect,
    /// The last line.
    pub footer: Rect,
    scroll: usize,
    hits: Vec<(Rect, Hit)>,
}

/// Lays a scene out.
pub fn layout(scene: &Scene, (width, height): (u16, u16)) -> Layout {
    let screen = Rect::new(0, 0, width, height);
    let mut layout = Layout {
        screen,
        too_small: super::too_small((width, height)),
        scroll: scene.scroll,
        ..Layout::default()
    };
    if layout.too_small {
        return layout;
    }
    layout.footer = Rect::new(0, height - 1, width, 1);
    layout.body = Rect::new(0, 2, width, height - 4);
    layout.tabs(&scene.tabs, scene.tab, width);
    match &scene.body {
        Body::Browse { lists, page } => layout.browse(scene, lists, page),
        Body::Read { page, flows } => layout.read(scene, page, *flows),
        Body::Columns { pages, stacked, .. } => layout.columns(scene, pages, stacked),
        Body::Find(_) | Body::Notes(_) | Body::Scenario(_) => {}
    }
    layout.hits(scene);
    layout
}

impl Layout {
    /// The tabs with their names; where these have no room, only the open one has its name.
    fn tabs(&mut self, shown: &[Tab], open: Tab, width: u16) {
        let left = if width < 60 { 1 } else { 6 };
        let name = |tab: &Tab| tab_label(*tab).width() as u16;
        let all: u16 = shown.iter().map(|tab| name(tab) + 2).sum();
        let have_room = left + all.saturating_sub(2) <= width;
        let mut x = left;
        for tab in shown {
            let wide = if have_room || *tab == open {
                name(tab)
            } else {
                1
            };
            if x + wide > width {
                break;
            }
            self.tabs.push((Rect::new(x, 0, wide, 1), *tab));
            x += wide + 2;
        }
    }

    fn browse(&mut self, scene: &Scene, lists: &[List], page: &Page) {
        let beside = self.body.width >= LISTS_FROM && !lists.is_empty();
        let left = if beside { LISTS } else { 0 };
        if beside {
            self.stack_lists(lists);
        }
        let area = Rect::new(
            left + 1,
            self.body.y,
            self.body.width - left - 2,
            self.body.height,
        );
        self.page(
            scene,
            page,
            area,
            area.width >= 2 * MEASURE.min(64) + GUTTER,
        );
    }

    /// The lists one below the other, each scrolled so that its selection is seen.
    fn stack_lists(&mut self, lists: &[List]) {
        let mut y = self.body.y;
        let mut room = self.body.height;
        for (n, list) in lists.iter().enumerate() {
            let rest: usize = lists.iter().skip(n + 1).map(|one| one.rows.len() + 1).sum();
            let rest = (rest as u16).min(room / 2);
            let height = (list.rows.len() as u16).min(room - rest);
            let area = Rect::new(0, y, LISTS, height);
            let first = first_row(list, usize::from(height));
            self.lists.push(ListBox {
                area,
                list: n,
                first,
            });
            y += height + 1;
            room = room.saturating_sub(height + 1);
        }
    }

    fn read(&mut self, scene: &Scene, page: &Page, flows: bool) {
        let area = Rect::new(1, self.body.y, self.body.width - 2, self.body.height);
        let wide = if flows { 112 } else { 156 };
        self.page(scene, page, area, area.width >= wide);
    }

    /// A title, an empty line, and the page in one column, or flowing through several where that
    /// is asked for and one has no room for all of it.
    fn page(&mut self, scene: &Scene, page: &Page, area: Rect, flows: bool) {
        let room = beside_badge(area.width, page.badge);
        let long = page.title.width() > usize::from(room) && area.height >= LONG_TITLES_FROM;
        self.title = Rect::new(area.x, area.y, area.width, if long { 2 } else { 1 });
        let above = self.title.height + 1;
        let text = Rect::new(area.x, area.y + above, area.width, area.height - above);
        let cut = |width| lines(page, width, scene.look.provenance);
        let width = text.width.min(MEASURE);
        let (mut columns, mut lines) = (vec![Rect { width, ..text }], cut(width));
        if flows && lines.len() > usize::from(text.height) {
            columns = split(text, if text.width >= 3 * 60 { 3 } else { 2 });
            lines = cut(columns[0].width);
        }
        self.panes.push(Pane {
            area: text,
            columns,
            lines,
            heading: None,
        });
    }

    fn columns(&mut self, scene: &Scene, pages: &[Page], stacked: &Page) {
        let area = Rect::new(1, self.body.y, self.body.width - 2, self.body.height);
        let wanted = pages.len() as u16 * (COLUMN + GUTTER);
        if area.width < wanted {
            return self.page(scene, stacked, area, false);
        }
        self.title = Rect::new(area.x, area.y, area.width, 1);
        let rest = Rect::new(area.x, area.y + 2, area.width, area.height - 2);
        for (column, page) in split(rest, pages.len() as u16).into_iter().zip(pages) {
            let heading = Rect::new(column.x, column.y, column.width, 1);
            let text = Rect::new(column.x, column.y + 1, column.width, column.height - 1);
            self.panes.push(Pane {
                area: text,
                columns: vec![text],
                lines: lines(page, text.width, scene.look.provenance),
                heading: Some((heading, page.title.clone())),
            });
        }
    }

    /// How many lines of the page can be seen at once.
    pub fn visible_lines(&self) -> usize {
        self.panes
            .iter()
            .map(|pane| usize::from(pane.area.height) * pane.columns.len())
            .min()
            .unwrap_or_default()
    }

    /// The furthest that the page can be scrolled.
    pub fn most_scroll(&self) -> usize {
        let longest = self.panes.iter().map(|pane| pane.lines.len()).max();
        longest
            .unwrap_or_default()
            .saturating_sub(self.visible_lines())
    }

    /// Everything on the page that can be pointed at, with its line; what stands there twice
    /// counts where it stands first, so that going on always goes on.
    pub fn stops(&self) -> Vec<(usize, Stop)> {
        let Some(pane) = self.panes.first() else {
            return Vec::new();
        };
        let mut met = HashSet::new();
        let lines = pane.lines.iter().enumerate();
        let stops = lines.filter_map(|(n, line)| line.stop.clone().map(|stop| (n, stop)));
        stops.filter(|(_, stop)| met.insert(stop.clone())).collect()
    }

    /// The place among the stops of the first one at or below a line.
    pub fn first_stop_from(&self, line: usize) -> usize {
        let stops = self.stops();
        stops
            .iter()
            .position(|(at, _)| *at >= line)
            .unwrap_or(stops.len().saturating_sub(1))
    }

    /// What lies under a cell.
    pub fn hit(&self, x: u16, y: u16) -> Option<Hit> {
        self.hits
            .iter()
            .find(|(area, _)| area.contains((x, y).into()))
            .map(|(_, hit)| hit.clone())
    }

    /// How far the page is scrolled.
    pub fn scrolled(&self) -> usize {
        self.scroll
    }

    fn hits(&mut self, scene: &Scene) {
        let tabs = self.tabs.iter().map(|(area, tab)| (*area, Hit::Tab(*tab)));
        let mut hits: Vec<(Rect, Hit)> = tabs.collect();
        if let Body::Browse { lists, .. } = &scene.body {
            for shown in &self.lists {
                hits.extend(list_hits(shown, lists));
            }
        }
        for pane in &self.panes {
            hits.extend(pane_hits(pane, self.scroll));
        }
        self.hits = hits;
    }
}

/// The room for a title beside its badge.
pub(super) fn beside_badge(width: u16, badge: Option<&str>) -> u16 {
    width.saturating_sub(badge.map_or(0, |badge| badge.width() as u16 + 2))
}

/// What the label of a tab says.
pub fn tab_label(tab: Tab) -> String {
    format!("{} {}", tab.index() + 1, tab.title())
}

fn first_row(list: &List, height: usize) -> usize {
    let selected = list.selected.unwrap_or_default();
    let furthest = list.rows.len().saturating_sub(height);
    selected
        .saturating_sub(height.saturating_sub(2))
        .min(furthest)
}

fn split(area: Rect, n: u16) -> Vec<Rect> {
    let width = (area.width - GUTTER * (n - 1)) / n;
    (0..n)
        .map(|i| Rect::new(area.x + i * (width + GUTTER), area.y, width, area.height))
        .collect()
}

fn list_hits(shown: &ListBox, lists: &[List]) -> Vec<(Rect, Hit)> {
    let rows = lists
        .get(shown.list)
        .map(|list| list.rows.as_slice())
        .unwrap_or_default();
    rows.iter()
        .skip(shown.first)
        .take(usize::from(shown.area.height))
        .enumerate()
        .map(|(n, row)| {
            let area = Rect::new(shown.area.x, shown.area.y + n as u16, shown.area.width, 1);
            (area, Hit::Place(row.to.clone()))
        })
        .collect()
}

fn pane_hits(pane: &Pane, scroll: usize) -> Vec<(Rect, Hit)> {
    let mut hits = Vec::new();
    let mut at = scroll;
    for column in &pane.columns {
        for y in 0..column.height {
            if let Some(stop) = pane.lines.get(at).and_then(|line| line.stop.clone()) {
                let area = Rect::new(column.x, column.y + y, column.width, 1);
                hits.push((area, Hit::Stop(stop)));
            }
            at += 1;
        }
    }
    hits
}
