// The script of the HTML report, which is printed into each page.
'use strict';
{
  const $ = id => document.getElementById(id);
  const form = $('filters'), list = $('tests'), cover = $('coverage');
  const tests = [...list.querySelectorAll('.test')];
  const rank = ['DIED', 'ERROR', 'FAIL', 'XPASS', 'INVALID', 'XFAIL', 'SKIP', 'CHECKED', 'PASS'];
  const verdict = t => rank.indexOf(t.dataset.verdict);
  const name = t => t.querySelector('.name').textContent + ' ' + t.dataset.family;
  const fields = t => [t.firstElementChild.textContent, t.dataset.covers, t.dataset.tag];
  const words = new Map(tests.map(t => [t, fields(t).join(' ').toLowerCase()]));
  const orders = { '': (a, b) => verdict(a) - verdict(b) || name(a).localeCompare(name(b)),
    name: (a, b) => name(a).localeCompare(name(b)),
    wall: (a, b) => b.dataset.wall - a.dataset.wall };

  // The filters are kept in the address of the page, and are read from it.
  function recall() {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const name of ['text', 'family', 'order'])
      form.elements[name].value = given.get(name) || '';
    for (const box of boxes()) box.checked = !given.has('verdict') ||
      given.getAll('verdict').includes(box.value);
  }
  function remember(verdicts, all) {
    const say = new URLSearchParams();
    for (const name of ['text', 'family', 'order'])
      if (form.elements[name].value) say.set(name, form.elements[name].value);
    if (!all) for (const v of verdicts.length ? verdicts : ['']) say.append('verdict', v);
    try { history.replaceState(null, '', '#' + say); } catch (e) { /* not kept, then */ }
  }
  const boxes = () => [...form.querySelectorAll('[name=verdict]')];

  function filter() {
    const on = boxes().filter(b => b.checked).map(b => b.value);
    const family = form.elements.family.value;
    const wanted = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const t of tests) {
      const show = on.includes(t.dataset.verdict) && (!family || t.dataset.family === family) &&
        wanted.every(w => words.get(t).includes(w));
      t.hidden = !show;
      shown += show;
    }
    $('none').hidden = shown > 0;
    form.elements.shown.value = shown + ' of ' + tests.length + ' shown';
    return on;
  }
  function sort() {
    const sorted = [...tests].sort(orders[form.elements.order.value]);
    list.append(...sorted, $('none'));
  }
  function change(event) {
    if (!event || event.target.name === 'order') sort();
    const on = filter();
    if (event) remember(on, on.length === boxes().length);
  }

  function theme() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  }

  // Each id that a script covers, with the worst verdict of its tests.
  function coverage() {
    const ids = new Map();
    for (const t of tests)
      for (const id of new Set((t.dataset.covers || '').split(/\s+/).filter(Boolean)))
        ids.set(id, [...(ids.get(id) || []), t]);
    const sorted = [...ids.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    let group, box;
    for (const id of sorted) {
      const of = ids.get(id), worst = rank[Math.min(...of.map(verdict))];
      if (id.split('-')[0] !== group) {
        const head = document.createElement('h2');
        head.textContent = group = id.split('-')[0];
        box = document.createElement('div');
        cover.lastElementChild.append(head, box);
      }
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'badge ' + worst;
      button.textContent = id + ' ×' + of.length;
      button.title = id + ': ' + of.length + ' tests, at worst ' + worst;
      button.addEventListener('click', () => {
        form.elements.text.value = id;
        change({ target: form.elements.text });
      });
      box.append(button);
    }
    cover.hidden = !ids.size;
    const met = [...ids.values()].filter(of => of.some(t => t.dataset.verdict === 'PASS'));
    cover.firstElementChild.textContent = 'coverage: ' + ids.size + ' ids of the documents, ' +
      met.length + ' by a test that passed';
  }

  document.querySelector('main').prepend($('summary'));
  for (const family of new Set(tests.map(t => t.dataset.family)))
    form.elements.family.append(new Option(family, family));
  form.addEventListener('input', change);
  form.addEventListener('submit', event => event.preventDefault());
  for (const [button, state] of [['open', true], ['shut', false]])
    form.elements[button].addEventListener('click', () => {
      for (const t of tests) if (!t.hidden) t.open = state;
    });
  form.elements.theme.addEventListener('click', theme);
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || /INPUT|SELECT/.test(event.target.tagName)) return;
    event.preventDefault();
    form.elements.text.focus();
  });
  addEventListener('hashchange', () => { recall(); change(); });
  const bad = tests.filter(t => verdict(t) < rank.indexOf('XPASS'));
  if (bad.length <= 3) for (const t of bad) t.open = true;
  const direct = location.hash.startsWith('#test:') &&
    $(decodeURIComponent(location.hash.slice(1)));
  if (direct) direct.open = true;
  if (!direct) recall();
  coverage();
  change();
  if (direct) direct.scrollIntoView();
  document.documentElement.dataset.ready = tests.filter(t => !t.hidden).length;
}
