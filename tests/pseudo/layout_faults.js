// Returns in words what of the page shown cannot be read: cut off, pushed out, or on top of another.
() => {
  const wide = document.scrollingElement.scrollWidth - innerWidth;
  const faults = wide > 0 ? [`the page scrolls sideways by ${wide}px`] : [];

  // A pixel of rounding is no fault.
  const SLACK = 1.5;
  const named = (text) => `“${text.trim().replace(/\s+/g, " ").slice(0, 50)}”`;

  // For screen readers alone, or shown only while it has the focus.
  const isSilent = (element) => {
    const box = element.getBoundingClientRect();
    return box.width <= 1 || box.height <= 1 || !element.checkVisibility({ visibilityProperty: true });
  };
  const isHeard = (element) => {
    for (let each = element; each; each = each.parentElement) {
      if (isSilent(each) && getComputedStyle(each).display !== "contents") return true;
    }
    return false;
  };
  const blockOf = (element) => {
    let block = element;
    while (getComputedStyle(block).display === "inline" && block.parentElement) block = block.parentElement;
    return block;
  };
  const isFixed = (element) => {
    for (let each = element; each; each = each.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(each).position)) return true;
    }
    return false;
  };

  // Wide tables and programs scroll by themselves, also by keyboard (WCAG 2.2 §1.4.10 excepts them).
  const scrolls = (element) => element.closest(":is(.borough-wide, .borough-program)[tabindex='0']");

  const lines = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.closest("script, style, noscript, option, svg") || isHeard(element) || scrolls(element)) continue;
    const range = document.createRange(), block = blockOf(element), box = block.getBoundingClientRect();
    range.selectNodeContents(node);
    const fixed = isFixed(element);
    for (const line of range.getClientRects()) {
      if (line.width < 1 || line.height < 1) continue;
      if (line.left < -SLACK || line.right > innerWidth + SLACK) faults.push(`${named(node.data)} leaves the screen`);
      else if (line.left < box.left - SLACK || line.right > box.right + SLACK) faults.push(`${named(node.data)} leaves its ${block.localName}.${block.className}`);
      else if (block.matches("button, .govuk-button, .govuk-tag") && (line.top < box.top - 4 || line.bottom > box.bottom + 4)) faults.push(`${named(node.data)} leaves its button`);
      // A line's box is higher than its letters.
      if (!fixed) lines.push({ node, text: node.data, left: line.left, right: line.right, top: line.top + line.height * 0.25, bottom: line.bottom - line.height * 0.25 });
    }
  }

  for (const element of document.querySelectorAll("body *")) {
    const style = getComputedStyle(element);
    if (element.matches("input, select, textarea, svg *") || style.display === "inline" || isHeard(element) || scrolls(element)) continue;
    const cutsAcross = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + SLACK;
    const cutsDown = style.overflowY !== "visible" && element.scrollHeight > element.clientHeight + SLACK;
    if (element !== document.body && (cutsAcross || cutsDown)) faults.push(`${element.localName}.${element.className} cuts off ${named(element.innerText)}`);
  }

  for (const control of document.querySelectorAll("input, select, textarea, button, summary, [role=button]")) {
    if (isHeard(control) || control.type === "hidden") continue;
    const box = control.getBoundingClientRect();
    if (box.left < -SLACK || box.right > innerWidth + SLACK) faults.push(`${control.localName}#${control.id} leaves the screen`);
  }

  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, place) => {
    for (let next = place + 1; next < lines.length && lines[next].top < one.bottom; next += 1) {
      const other = lines[next];
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (other.node !== one.node && across > SLACK && down > SLACK) faults.push(`${named(one.text)} lies on ${named(other.text)}`);
    }
  });
  return [...new Set(faults)];
}
