// SPDX-License-Identifier: MIT
// Looks at a report from inside a browser and writes a line for each thing that a reader would
// trip over, for the page around it; `screen_width` and `dark` are set before it by check_page.sh.
addEventListener("load", () => {
  const problems = [];
  const expect = (holds, problem) => holds || problems.push(problem);
  const width = innerWidth;
  expect(width === screen_width, `the screen is ${width} wide, not ${screen_width}`);
  const page = document.documentElement;
  expect(page.scrollWidth <= width, `the page is ${page.scrollWidth} wide on a screen of ${width}`);

  // The nearest ground under an element that is not transparent, as its luminance from 0 to 1.
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\)$/.test(colour)) return luminance(colour);
    }
    return 1;
  };

  for (const element of document.querySelectorAll("main, main *")) {
    const box = element.getBoundingClientRect();
    const fits = element.closest(".stacks") && (width < 640 || width >= 1000);
    const may_scroll = element.closest(".scroll, pre") && !fits;
    expect(may_scroll || box.right <= width + 1,
           `<${element.tagName.toLowerCase()}> reaches to ${box.right} on a screen of ${width}`);
    const has_text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!has_text) continue;
    const style = getComputedStyle(element);
    const text = element.textContent.trim().slice(0, 30);
    expect(parseFloat(style.fontSize) >= 14, `text of ${style.fontSize}: ${text}`);
    const lights = [luminance(style.color), ground(element)].sort((a, b) => b - a);
    const contrast = (lights[0] + 0.05) / (lights[1] + 0.05);
    expect(contrast >= 4.5, `contrast ${contrast.toFixed(1)}: ${text}`);
  }
  const lightness = ground(document.body);
  expect(dark ? lightness < 0.1 : lightness > 0.8, `the ground has luminance ${lightness}`);

  // Where a row lists its cells, each says what it is.
  for (const cell of document.querySelectorAll(".stacks td")) {
    const stands_alone = getComputedStyle(cell, "::before").content === "none";
    expect(width >= 640 || !stands_alone, `a cell without its name: ${cell.textContent.slice(0, 30)}`);
  }

  // The parts of a picture that its edges cut off, as this browser's fonts have them. gnuplot itself
  // ends at the edge a line that would go on, and leaves out a dot beyond.
  const near = 0.5;
  const cut_off = (svg) => {
    const paper = document.createElement("div");
    paper.style = "position: absolute; left: 0; top: 0; visibility: hidden";
    paper.innerHTML = new TextDecoder().decode(Uint8Array.from(svg, (c) => c.charCodeAt(0)));
    document.body.append(paper);
    const edges = paper.querySelector("svg").getBoundingClientRect();
    const parts = [...paper.querySelectorAll("text, use, path, polygon, image")].filter((part) => {
      const box = part.getBoundingClientRect();
      return box.width + box.height > 0 &&
          (box.left < edges.left + near || box.right > edges.right - near ||
           box.top < edges.top + near || box.bottom > edges.bottom - near);
    });
    const names = parts.map((part) => part.textContent.trim().slice(0, 30) || part.localName);
    paper.remove();
    return names;
  };
  for (const image of document.images) {
    const name = image.alt.slice(0, 30);
    expect(image.alt.length > 0, "a picture without a text in its place");
    expect(image.complete && image.naturalWidth > 0, `a picture that does not show: ${name}`);
    if (!image.naturalWidth || !image.src.startsWith("data:")) continue;
    const svg = atob(image.src.slice(image.src.indexOf(",") + 1));
    const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map((match) => parseFloat(match[1]));
    const least = Math.min(...sizes) * image.clientWidth / image.naturalWidth;
    expect(sizes.length > 0, `a picture without labels: ${name}`);
    for (const part of cut_off(svg)) expect(false, `"${part}" is cut off: ${name}`);
    expect(least >= 11, `labels of ${least.toFixed(1)} px: ${name}`);
  }
  for (const element of document.querySelectorAll("[src], [href]")) {
    const target = element.getAttribute("src") ?? element.getAttribute("href");
    expect(!/^(\w+:)?\/\//.test(target), `needs ${target}`);
  }
  const headings = [...document.querySelectorAll("h1, h2, h3")].map((of) => +of.tagName[1]);
  expect(headings.filter((level) => level === 1).length === 1, "not one heading of the first level");
  headings.forEach((level, i) => expect(i === 0 || level <= headings[i - 1] + 1,
                                        `heading ${i} skips a level`));
  parent.postMessage([`PROBE-BEGIN ${document.images.length} pictures`, ...problems, "PROBE-END"]
                         .join("\n"), "*");
});
