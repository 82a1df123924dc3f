// Small helpers for building the page. No text is ever parsed as HTML.

// h("p", {class: "x", onclick: f}, "text", child, null): an element. Keys beginning with "on" are
// listeners, true and false set or leave out an attribute.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
  element.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

export function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
}

// Tells those who cannot see the page what happened; the others read it at the foot.
export function announce(text) {
  byId("status").textContent = text;
}

function focusOn(element) {
  if (!element.hasAttribute("tabindex") && !element.matches("a,button,input,select,summary")) {
    element.setAttribute("tabindex", "-1");
  }
  element.focus({ preventScroll: true });
  element.classList.remove("flash");
  void element.offsetWidth;
  element.classList.add("flash");
}

// Moves to an element of the page without changing the address.
export function goTo(element, block = "center") {
  if (element) {
    element.scrollIntoView({ block });
    focusOn(element);
  }
}

// Moves to an element inside a box that scrolls for itself; the page moves no more than it must.
export function goToWithin(box, element) {
  if (element) {
    box.scrollIntoView({ block: "nearest" });
    box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
    focusOn(element);
  }
}

export function save(name, type, bytes) {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
