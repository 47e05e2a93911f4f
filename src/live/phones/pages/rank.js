(function(){"use strict";
var d=document,news=d.getElementById("news"),r=d.getElementById("rank");
var most=+r.getAttribute("data-most"),far=r.getAttribute("data-taken").split(" ").map(Number),rows=[].slice.call(r.children).map(function(li){
var f=li.querySelector("select,input"),l=li.querySelector("label"),b=d.createElement("button"),n=d.createElement("b"),x=d.createElement("span");
var y=f.getAttribute("aria-describedby");if(y)b.setAttribute("aria-describedby",y);b.type="button";b.className="tap";x.dir="auto";x.textContent=l.textContent;b.appendChild(n);b.appendChild(x);li.insertBefore(b,l);
b.onclick=function(){tap(f)};return{f:f,l:l,b:b,n:n,x:x}});
function place(f){return+f.value||0}
function tap(f){var p=place(f),all=rows.map(function(o){return place(o.f)});d.dispatchEvent(new Event("input"));news.textContent="";
if(p){f.value="";if(!far[0]&&all.filter(function(q){return q===p}).length<2)rows.forEach(function(o){var q=place(o.f);if(q>p)o.f.value=q-1})}
else{all=all.concat(far);var next=Math.max.apply(null,all)+1;if(next>most)for(next=1;all.indexOf(next)>=0;)next++;if(next>most)news.textContent=r.getAttribute("data-all");else f.value=next}
show()}
function show(){rows.forEach(function(o){var p=place(o.f);o.n.textContent=p||"–";
o.b.setAttribute("aria-pressed",p?"true":"false");})}
var taps=false,say=r.parentNode.previousElementSibling,sw=d.createElement("button"),hint=d.createElement("p");sw.type="button";sw.className="quiet";hint.textContent=r.getAttribute("data-tap");
function turn(){taps=!taps;rows.forEach(function(o){o.b.hidden=!taps;o.l.hidden=o.f.hidden=taps});hint.hidden=!taps;say.hidden=taps;r.className=taps?"taps":"";
sw.textContent=r.getAttribute(taps?"data-numbers":"data-taps");show()}
sw.onclick=turn;r.parentNode.insertBefore(hint,r);r.parentNode.appendChild(sw);turn();
})();
