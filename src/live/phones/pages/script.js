(function(){"use strict";
var d=document,w=window,news=d.getElementById("news"),typed=news.hasAttribute("data-k");
function fresh(){w.location.replace(news.getAttribute("data-at"))}
d.addEventListener("input",function(){typed=true});
w.addEventListener("pageshow",function(e){if(e.persisted)fresh()});
if(w.EventSource){var s=new EventSource("/seat/news");s.onmessage=function(e){
if(e.data===news.getAttribute("data-v"))return;s.close();
setTimeout(function(){if(typed)tell();else fresh()},typed?0:Math.random()*1200)}}
function tell(){news.className="said";news.textContent=news.getAttribute("data-on")+" ";
var a=d.createElement("a");a.href="/";a.textContent=news.getAttribute("data-show");news.appendChild(a)}
var t=d.getElementById("left");
if(t){var began=Date.now(),all=+t.getAttribute("data-s");setInterval(function(){
var n=Math.max(0,all-Math.round((Date.now()-began)/1000));
t.textContent=Math.floor(n/60)+":"+("0"+n%60).slice(-2)},1000)}
})();
