/* Style and script of the catalogue page, apart from the code that fills it. The script filters and
 * copies; without it everything is shown. */
#ifndef KK_CATALOGUE_PAGE_H
#define KK_CATALOGUE_PAGE_H

static const char kk_catalogue_css[] =
    ".tools{position:sticky;top:0;background:var(--paper);border-bottom:1px solid var(--line);"
    "padding:.6rem 0;z-index:1}"
    ".tools form{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.5rem "
    ".8rem;"
    "align-items:end}.tools form>div:first-child{grid-column:1/-1}"
    ".tools label{display:block;font-size:.9rem;color:var(--soft)}"
    "input,select,button{font:inherit;width:100%;padding:.35rem .5rem;border:1px solid #6b7680;"
    "border-radius:.35rem;background:#fff;color:var(--ink)}"
    "select{padding-left:.3rem;padding-right:0}button{cursor:pointer;width:auto}button:hover{background:var(--tint)}"
    "nav ul{display:flex;gap:1.2rem;flex-wrap:wrap;list-style:none;padding:0;margin:.6rem 0}"
    ".meta{color:var(--soft);font-size:.95rem}.meta span+span:not(.tag)::before{content:' · '}"
    ".bar{display:flex;justify-content:space-between;align-items:center;margin-top:.6rem}"
    "[hidden]{display:none!important}"
    "@media(max-width:34rem){.tools{position:static}}"
    "@media print{.tools,.copy,nav{display:none}}";

/* Plain ECMAScript 5, so that it runs in whatever the county has. Offers nothing before the page is
 * read. */
static const char kk_catalogue_script[] =
    "document.addEventListener('DOMContentLoaded',function(){'use strict';"
    "var form=document.getElementById('find');form.hidden=false;"
    "var cards=[].slice.call(document.querySelectorAll('article[data-type]'));"
    "var count=document.getElementById('count'),none=document.getElementById('none');"
    "function fold(s){return s.toLowerCase().replace(/\\s+/g,' ')}"
    "cards.forEach(function(c){c.searchText=fold(c.textContent)});"
    "function value(id){return document.getElementById(id).value}"
    "function show(){var q=fold(value('q')).trim().split(' '),cat=value('cat'),type=value('type'),"
    "level=value('level'),lang=value('lang'),n=0;"
    "cards.forEach(function(c){var cats=' '+c.getAttribute('data-cat')+' ';"
    /* what holds for a category holds for its sub-categories */
    "var ok=(!cat||cats==='  '||cat.split('.').some(function(x,i,all){"
    "return cats.indexOf(' '+all.slice(0,i+1).join('.')+' ')>=0}))&&"
    "(!type||c.getAttribute('data-type')===type)&&(!level||c.getAttribute('data-level')===level)&&"
    "q.every(function(w){return c.searchText.indexOf(w)>=0});c.hidden=!ok;if(ok)n++;"
    "[].forEach.call(c.querySelectorAll('[data-form]'),function(b){"
    "b.hidden=!!lang&&b.getAttribute('data-form')!==lang})});"
    "count.textContent=count.getAttribute('data-text').replace('{0}',n).replace('{1}',cards.length)"
    ";"
    "none.hidden=n>0}"
    "form.addEventListener('input',show);form.addEventListener('change',show);"
    "form.addEventListener('submit',function(e){e.preventDefault()});"
    "form.addEventListener('reset',function(){setTimeout(show,0)});"
    "function clauseText(block){return "
    "[].map.call(block.querySelector('.clause').querySelectorAll('p,li,tr'),function(e){"
    "return e.tagName==='TR'?[].map.call(e.children,function(c){return c.textContent}).join('\\t'):"
    "e.textContent}).join('\\n')}"
    "function said(button,ok){var old=button.textContent;if(!ok)return;"
    "button.textContent=button.getAttribute('data-done');"
    "setTimeout(function(){button.textContent=old},2000)}"
    "function oldCopy(text){var t=document.createElement('textarea');t.value=text;"
    "document.body.appendChild(t);t.select();var ok=false;"
    "try{ok=document.execCommand('copy')}catch(e){}document.body.removeChild(t);return ok}"
    "[].forEach.call(document.querySelectorAll('button.copy'),function(b){b.hidden=false;"
    "b.addEventListener('click',function(){var text=clauseText(b.parentNode.parentNode);"
    "if(navigator.clipboard&&navigator.clipboard.writeText){"
    "navigator.clipboard.writeText(text).then(function(){said(b,true)},"
    "function(){said(b,oldCopy(text))})}else{said(b,oldCopy(text))}})});"
    "show()})";

#endif
