//! A phone that speaks HTTP by hand, and many of them together.

use std::future::Future;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::interval;

use super::ITEMS;

/// A phone that came in.
#[derive(Clone)]
pub(super) struct Phone {
    address: SocketAddr,
    cookies: String,
}

impl Phone {
    pub(super) async fn join(address: SocketAddr) -> Self {
        let stranger = Self {
            address,
            cookies: String::new(),
        };
        let came = stranger.get("/mango-42").await.unwrap();
        let set = came
            .lines()
            .filter_map(|line| line.strip_prefix("set-cookie: "));
        let cookies: Vec<&str> = set.filter_map(|one| one.split(';').next()).collect();
        assert!(!cookies.is_empty(), "{came}");
        Self {
            address,
            cookies: cookies.join("; "),
        }
    }

    /// The same phone at a door that was opened anew.
    pub(super) fn at(&self, address: SocketAddr) -> Self {
        Self {
            address,
            ..self.clone()
        }
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        self.cookies == other.cookies
    }

    /// Fetches a page; nothing where the other side is gone.
    pub(super) async fn get(&self, path: &str) -> Option<String> {
        self.ask("GET", path, None).await
    }

    /// Sends a form.
    pub(super) async fn sends(&self, path: &str, form: &str) -> Option<String> {
        self.ask("POST", path, Some(form)).await
    }

    async fn ask(&self, method: &str, path: &str, form: Option<&str>) -> Option<String> {
        let (address, cookies) = (self.address, &self.cookies);
        let mut stream = TcpStream::connect(address).await.ok()?;
        let mut asked = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {cookies}\r\n"
        );
        if let Some(form) = form {
            let length = form.len();
            asked += &format!(
                "Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://{address}\r\n\
                 Content-Length: {length}\r\n"
            );
        }
        asked += "\r\n";
        asked += form.unwrap_or_default();
        stream.write_all(asked.as_bytes()).await.ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok()?;
        Some(answer)
    }

    /// Listens for news; the first of them says what is on now.
    pub(super) async fn listens(&self) -> News {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let (address, cookies) = (self.address, &self.cookies);
        let head =
            format!("GET /seat/news HTTP/1.1\r\nHost: {address}\r\nCookie: {cookies}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut news = News(stream);
        news.hears(Instant::now()).await;
        news
    }
}

/// A page that hears when it has changed.
pub(super) struct News(TcpStream);

impl News {
    /// Waits for the next line.
    pub(super) async fn hears(&mut self, since: Instant) -> Duration {
        let mut heard = String::new();
        let mut bytes = [0; 1024];
        while !heard.contains("data: ") {
            let n = self.0.read(&mut bytes).await.unwrap();
            assert!(n > 0, "the news ended");
            heard += &String::from_utf8_lossy(&bytes[..n]);
        }
        since.elapsed()
    }
}

/// A ballot as its form sends it.
pub(super) fn ballot(page: &str) -> String {
    let (_, form) = page.split_once("action=\"/seat/tag\"").unwrap();
    let fields = form.split("<input type=\"hidden\"").skip(1).map(|field| {
        let quoted: Vec<&str> = field.split('"').collect();
        format!("{}={}", quoted[1], quoted[3])
    });
    let mark = |item: u16| if item.is_multiple_of(3) { "n" } else { "m" };
    let marks = (1..=ITEMS).map(|item| format!("i{item}={}", mark(item)));
    fields.chain(marks).collect::<Vec<_>>().join("&")
}

/// All phones do the same: one after the other over a time, or all at once.
pub(super) async fn together<T, F>(
    phones: &[Phone],
    spread: Duration,
    act: impl Fn(Phone) -> F,
) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let each = spread / u32::try_from(phones.len().max(1)).unwrap();
    let mut beat = (!each.is_zero()).then(|| interval(each));
    let mut all = Vec::with_capacity(phones.len());
    for phone in phones {
        if let Some(beat) = &mut beat {
            beat.tick().await;
        }
        all.push(tokio::spawn(act(phone.clone())));
    }
    let mut done = Vec::with_capacity(all.len());
    for one in all {
        done.push(one.await.unwrap());
    }
    done
}

/// Says how long something took; the slowest hundredth.
pub(super) fn said(what: &str, mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() - 1) * share / 100];
    let ms = |share: usize| at(share).as_secs_f64() * 1000.0;
    println!(
        "{what:<30} {:>5} times   p50 {:>7.1} ms   p99 {:>7.1} ms   most {:>7.1} ms",
        took.len(),
        ms(50),
        ms(99),
        ms(100)
    );
    at(99)
}
