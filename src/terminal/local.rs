//! temp
#![allow(missing_docs)]
use crate::app::Msg;
use crate::app::key::{Code, Key};
use ratatui::crossterm::event::{self, Event, KeyCode, KeyModifiers};
use std::io::Write;
use std::sync::mpsc::Sender;
pub enum Input {
    Msg(Msg),
    Quit,
}
pub struct Local;
impl Local {
    pub fn enter(tx: Sender<Input>) -> std::io::Result<Self> {
        ratatui::crossterm::terminal::enable_raw_mode()?;
        let mut o = std::io::stdout();
        o.write_all(b"\x1b[?1049h\x1b[?2004h")?;
        std::thread::spawn(move || {
            loop {
                let m = match event::read() {
                    Ok(Event::Key(k)) => {
                        let ctrl = k.modifiers.contains(KeyModifiers::CONTROL);
                        let code = match k.code {
                            KeyCode::Char(c) => Code::Char(c),
                            KeyCode::Enter => Code::Enter,
                            KeyCode::Esc => Code::Esc,
                            KeyCode::Tab => Code::Tab,
                            KeyCode::BackTab => Code::BackTab,
                            KeyCode::Backspace => Code::Backspace,
                            KeyCode::Delete => Code::Delete,
                            KeyCode::Up => Code::Up,
                            KeyCode::Down => Code::Down,
                            KeyCode::Left => Code::Left,
                            KeyCode::Right => Code::Right,
                            KeyCode::PageUp => Code::PageUp,
                            KeyCode::PageDown => Code::PageDown,
                            KeyCode::Home => Code::Home,
                            KeyCode::End => Code::End,
                            _ => continue,
                        };
                        Input::Msg(Msg::Key(Key { code, ctrl }))
                    }
                    Ok(Event::Resize(w, h)) => Input::Msg(Msg::Resize(w, h)),
                    Ok(Event::Paste(p)) => Input::Msg(Msg::Paste(p)),
                    Ok(_) => continue,
                    Err(_) => Input::Quit,
                };
                if tx.send(m).is_err() {
                    return;
                }
            }
        });
        Ok(Self)
    }
    pub fn write(&mut self, b: &[u8]) -> std::io::Result<()> {
        let mut o = std::io::stdout().lock();
        o.write_all(b)?;
        o.flush()
    }
    pub fn mouse(&mut self, _on: bool) {}
    pub fn suspend(&mut self) {}
    pub fn leave(&mut self) {
        let _ = self.write(b"\x1b[?2004l\x1b[?1049l\x1b[?25h");
        let _ = ratatui::crossterm::terminal::disable_raw_mode();
    }
}
