//! From a request to its answer.
//!
//! Owns the order of the questions: is it meant for this door, is there such a page, whose seat
//! is it, and may this form be sent by it? Every answer carries the same headers; none says
//! anything about who asked. Start at [`answer`].

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{HeaderMap, Request, Response, StatusCode};
use tokio::sync::mpsc;

use super::acts::{self, Done};
use super::body::Body;
use super::door::Door;
use super::form::{Form, MOST};
use super::kept::Kept;
use super::pages::{self, Plain};
use super::results::Results;
use super::route::{Deed, Lost, Query, Route};
use super::seat::{self, Shown};
use super::view::{Back, Look, View};
use super::{guard, language, news};
use crate::exercise::{Phase, Token};
use crate::hints::Language;
use crate::room::Room;
use crate::store::clock;

type Answer = Response<Body>;

/// Who asks: where the request came from and what seat it shows.
#[derive(Clone, Copy)]
struct Asking<'a> {
    peer: IpAddr,
    shown: Shown,
    language: Language,
    headers: &'a HeaderMap,
}

/// Answers a request. Never fails: what cannot be done is a page that says so.
pub(super) async fn answer(door: &Arc<Door>, peer: IpAddr, request: Request<Incoming>) -> Answer {
    let mut answer = routed(door, peer, request).await;
    let headers = answer.headers_mut();
    for (name, value) in pages::HEADERS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if let Ok(policy) = HeaderValue::from_str(pages::policy()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    // Where it is crowded, nobody holds a connection for a request that may come.
    if !matches!(answer.body(), Body::News(_)) && door.limits.is_crowded() {
        let close = HeaderValue::from_static("close");
        answer.headers_mut().insert(header::CONNECTION, close);
    }
    answer
}

async fn routed(door: &Arc<Door>, peer: IpAddr, request: Request<Incoming>) -> Answer {
    let Some(host) = guard::host(request.headers(), door.public.as_ref()) else {
        return plain(
            StatusCode::MISDIRECTED_REQUEST,
            &Plain::WrongHost,
            language::of(request.headers(), door.hall.language()),
        );
    };
    let host = host.to_owned();
    let uri = request.uri();
    let route = Route::of(
        request.method(),
        uri.path(),
        uri.query().unwrap_or_default(),
    );
    let (parts, body) = request.into_parts();
    let headers = &parts.headers;
    let asking = Asking {
        peer,
        shown: Shown::of(headers, &door.code),
        language: language::of(headers, door.hall.language()),
        headers,
    };
    match route {
        Err(Lost::Nowhere) => plain(StatusCode::NOT_FOUND, &Plain::Nowhere, asking.language),
        Err(Lost::Method) => plain(
            StatusCode::METHOD_NOT_ALLOWED,
            &Plain::Nowhere,
            asking.language,
        ),
        Ok(Route::News) => listen(door, asking),
        Ok(Route::Come(code)) => come(door, asking, &code),
        Ok(Route::Page(query)) => page(door, asking, query).await,
        Ok(Route::Act(deed)) => {
            if !guard::is_from_here(headers, &host, door.public.as_ref()) {
                return plain(StatusCode::FORBIDDEN, &Plain::Foreign, asking.language);
            }
            sent(door, asking, deed, body).await
        }
    }
}

/// The seat of a request, if it is one of this room. Made-up seats cost what wrong codes cost.
fn seat(door: &Door, asking: Asking<'_>) -> Option<Token> {
    match asking.shown {
        Shown::Seat(token) if !door.is_guessing(asking.peer) => {
            door.hears(token);
            Some(token)
        }
        Shown::Unsigned => {
            door.is_not_of_here(asking.peer);
            None
        }
        _ => None,
    }
}

/// Comes in with a code: a phone that has a seat keeps it.
fn come(door: &Door, asking: Asking<'_>, code: &str) -> Answer {
    if asking.shown == Shown::HeldBack {
        return plain(StatusCode::OK, &Plain::Show, asking.language);
    }
    if door.is_guessing(asking.peer) {
        return plain(
            StatusCode::TOO_MANY_REQUESTS,
            &Plain::Guessing,
            asking.language,
        );
    }
    if !door.code.is_meant_by(code) {
        door.was_wrong(asking.peer);
        return plain(StatusCode::NOT_FOUND, &Plain::WrongCode, asking.language);
    }
    let token = match seat::token(asking.headers) {
        Some(token) => token,
        None => match getrandom::u64() {
            Ok(random) => Token::from_random(random),
            Err(_) => {
                return plain(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    &Plain::Nowhere,
                    asking.language,
                );
            }
        },
    };
    let mut answer = go("/");
    for cookie in seat::cookies(token, &door.code, door.is_secure()) {
        keep(&mut answer, &cookie);
    }
    answer
}

fn keep(answer: &mut Answer, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// What the phone kept of a ballot that goes over several pages.
fn kept(door: &Door, asking: Asking<'_>, token: Token) -> Option<Kept> {
    Kept::shown(asking.headers, &door.code, &door.hall.room(), token)
}

/// The page of a seat; without one, the page that asks for the code.
async fn page(door: &Door, asking: Asking<'_>, query: Query) -> Answer {
    if let Some(language) = query.language {
        let mut answer = go("/");
        keep(&mut answer, &language::cookie(language, door.is_secure()));
        return answer;
    }
    match seat(door, asking) {
        Some(token) if query.leave => {
            let answer = seen(
                door,
                asking,
                (token, None),
                StatusCode::OK,
                query,
                Back::default(),
            );
            let mut answer = answer.await;
            keep(&mut answer, &Kept::gone(door.is_secure()));
            answer
        }
        Some(token) => {
            let kept = kept(door, asking, token);
            seen(
                door,
                asking,
                (token, kept),
                StatusCode::OK,
                query,
                Back::default(),
            )
            .await
        }
        None if asking.shown == Shown::HeldBack && !query.again => {
            plain(StatusCode::OK, &Plain::Show, asking.language)
        }
        None => plain(StatusCode::OK, &Plain::Join, asking.language),
    }
}

async fn seen(
    door: &Door,
    asking: Asking<'_>,
    (token, kept): (Token, Option<Kept>),
    status: StatusCode,
    query: Query,
    back: Back,
) -> Answer {
    let mut room = door.hall.room().for_others();
    room.now = clock::now();
    let held = match phase(&room) {
        // Nobody has a ballot before the first round, so the host is not asked.
        None | Some(Phase::Lobby | Phase::Collect | Phase::Merge) => Vec::new(),
        Some(_) => door.hall.held(token).await,
    };
    let version = news::version(&room);
    let results = match phase(&room) {
        Some(Phase::Shortlist | Phase::Reveal | Phase::Match | Phase::Done) => {
            door.results(&room, version)
        }
        _ => Arc::new(Results::default()),
    };
    let view = View::of(&Look {
        room: &room,
        version,
        token,
        held: &held,
        query: &query,
        language: asking.language,
        back: &back,
        kept: kept.as_ref(),
        results,
    });
    html(status, pages::seat(&view, &seat::form_token(token)))
}

fn phase(room: &Room) -> Option<Phase> {
    let session = room.session.as_deref()?;
    session.exercises.current().map(|run| run.phase)
}

/// News for a seat; a phone without one is told not to ask again.
fn listen(door: &Arc<Door>, asking: Asking<'_>) -> Answer {
    if seat(door, asking).is_none() {
        return respond(StatusCode::NO_CONTENT, Bytes::new());
    }
    let (phone, news) = mpsc::channel(2);
    tokio::spawn(news::tell(door.news.clone(), phone));
    let mut answer = Response::new(Body::News(news));
    let kind = HeaderValue::from_static("text/event-stream");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    // A server in front of this one is not to gather lines before it passes them on.
    let at_once = HeaderValue::from_static("no");
    answer
        .headers_mut()
        .insert(HeaderName::from_static("x-accel-buffering"), at_once);
    answer
}

/// A form was sent.
async fn sent(door: &Arc<Door>, asking: Asking<'_>, deed: Deed, body: Incoming) -> Answer {
    let form = match read(asking.headers, body).await {
        Ok(form) => form,
        Err(status) => return plain(status, &Plain::TooMuch, asking.language),
    };
    if deed == Deed::Join {
        return come(door, asking, form.get("code").unwrap_or_default());
    }
    let Some(token) = seat(door, asking) else {
        return plain(
            StatusCode::FORBIDDEN,
            &Plain::NoSeat(form.get("text")),
            asking.language,
        );
    };
    let own = form.get("form").unwrap_or_default();
    if !seat::same(own, &seat::form_token(token)) {
        return plain(StatusCode::FORBIDDEN, &Plain::Foreign, asking.language);
    }
    let _here = door.hall.present();
    let kept = kept(door, asking, token);
    let had = kept.is_some();
    match acts::act(door, token, deed, form, kept).await {
        Done::Go(to) => go(&to),
        Done::Settled => {
            let mut answer = go("/");
            if had {
                keep(&mut answer, &Kept::gone(door.is_secure()));
            }
            answer
        }
        Done::Turn(kept, to) => match cookie(door, token, &kept) {
            Some(cookie) => {
                let mut answer = go(&to);
                keep(&mut answer, &cookie);
                answer
            }
            None => plain(
                StatusCode::PAYLOAD_TOO_LARGE,
                &Plain::TooMuch,
                asking.language,
            ),
        },
        Done::Again(query, back) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let cookie = back.kept.as_ref();
            let cookie = cookie.and_then(|kept| self::cookie(door, token, kept));
            let mut answer = seen(door, asking, (token, None), status, query, back).await;
            if let Some(cookie) = cookie {
                keep(&mut answer, &cookie);
            }
            answer
        }
    }
}

fn cookie(door: &Door, token: Token, kept: &Kept) -> Option<String> {
    kept.cookie(&door.code, &door.hall.room(), token, door.is_secure())
}

async fn read(headers: &HeaderMap, body: Incoming) -> Result<Form, StatusCode> {
    if !is_form(headers) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    // Said to be too much, it is not waited for.
    if body.size_hint().lower() > MOST as u64 {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let body = Limited::new(body, MOST);
    match body.collect().await {
        Ok(bytes) => Ok(Form::read(&bytes.to_bytes())),
        Err(_) => Err(StatusCode::PAYLOAD_TOO_LARGE),
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

fn plain(status: StatusCode, page: &Plain<'_>, language: Language) -> Answer {
    html(status, pages::plain(page, language))
}

fn html(status: StatusCode, page: String) -> Answer {
    let mut answer = respond(status, page.into());
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    answer
}

fn go(to: &str) -> Answer {
    let mut answer = respond(StatusCode::SEE_OTHER, Bytes::new());
    if let Ok(to) = HeaderValue::from_str(to) {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    answer
}

fn respond(status: StatusCode, page: Bytes) -> Answer {
    let mut answer = Response::new(Body::Page(page));
    *answer.status_mut() = status;
    answer
}
