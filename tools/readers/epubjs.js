// Opens /book.epub in epub.js. `window.reader` turns its pages.
const look = JSON.parse(decodeURIComponent(location.hash.slice(1)))
const book = ePub(await (await fetch("/book.epub")).arrayBuffer())
// In the body itself it would move the window.
const frame = document.body.appendChild(document.createElement("div"))
const rendition = book.renderTo(frame, { width: innerWidth, height: innerHeight, spread: "none", flow: "paginated" })
rendition.themes.default({
  html: { color: `${look.text} !important`, background: `${look.ground} !important` },
  body: { color: `${look.text} !important`, background: `${look.ground} !important` },
  "a:link": { color: look.link },
})
rendition.themes.fontSize(`${look.size}%`)
await rendition.display()
const shown = () => rendition.getContents()[0]
window.reader = {
  sections: book.spine.length,
  go: index => rendition.display(index),
  doc: () => shown().document,
  next: () => rendition.next(),
  page: () => {
    const doc = shown().document
    const vertical = getComputedStyle(doc.documentElement).writingMode !== "horizontal-tb"
    const frame = doc.defaultView.frameElement
    const { layout } = rendition.manager
    return {
      axis: vertical ? "y" : "x", size: vertical ? layout.height : layout.delta ?? layout.width, ground: look.ground,
      across: [0, vertical ? frame.clientWidth : frame.clientHeight],
      pages: Math.round((vertical ? frame.clientHeight / layout.height : frame.clientWidth / layout.delta)),
    }
  },
}
