// Opens /book.epub in foliate-js. `window.reader` turns its pages.
import "./foliate-js/view.js"

const look = JSON.parse(decodeURIComponent(location.hash.slice(1)))
const view = document.createElement("foliate-view")
document.body.append(view)
await view.open(new File([await (await fetch("/book.epub")).blob()], "book.epub", { type: "application/epub+zip" }))
view.renderer.setAttribute("gap", "6%")
view.renderer.setAttribute("margin", "24px")
view.renderer.setAttribute("max-column-count", "1")
view.renderer.setStyles?.(`
  html { color: ${look.text}; background: ${look.ground}; font-size: ${look.size}% !important }
  a:any-link { color: ${look.link} }
`)
document.body.style.background = look.ground
const shown = () => view.renderer.getContents()[0]
window.reader = {
  sections: view.book.sections.length,
  go: index => view.renderer.goTo({ index }),
  doc: () => shown().doc,
  index: () => shown().index,
  next: () => view.renderer.next(),
  page: () => {
    const vertical = getComputedStyle(shown().doc.documentElement).writingMode !== "horizontal-tb"
    const frame = shown().doc.defaultView.frameElement
    return {
      axis: vertical ? "y" : "x", size: view.renderer.size, ground: look.ground,
      across: [0, vertical ? frame.clientWidth : frame.clientHeight], pages: view.renderer.pages - 2,
    }
  },
}
