// What is wrong with a page of an e-book as it is shown: text without contrast, and boxes that are not whole on a page,
// or not on that of their title or caption.
// `page.axis`: "x" where pages stand side by side, "y" where they stand below one another; `page.size`: from one to the
// next, in pixels; `page.across`: the first and the last pixel in the other direction; `page.ground`: the colour below all.
(doc, page) => {
  const view = doc.defaultView
  const faults = []
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })
  const known = new Map()
  const parse = css => {
    if (!known.has(css)) {
      pen.clearRect(0, 0, 1, 1)
      pen.fillStyle = css
      pen.fillRect(0, 0, 1, 1)
      const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data
      known.set(css, [red, green, blue, alpha / 255])
    }
    return known.get(css)
  }
  const over = (top, below) => below.map((value, index) => top[index] * top[3] + value * (1 - top[3]))
  const linear = value => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }
  const luminance = colour => 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
  const grounds = new Map()
  const groundOf = node => {
    if (!node) return parse(page.ground).slice(0, 3)
    if (!grounds.has(node)) {
      grounds.set(node, over(parse(view.getComputedStyle(node).backgroundColor), groundOf(node.parentElement)))
    }
    return grounds.get(node)
  }
  const contrast = node => {
    const ground = groundOf(node)
    const pair = [luminance(over(parse(view.getComputedStyle(node).color), ground)), luminance(ground)]
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05)
  }
  const name = node => `${node.localName}${node.getAttribute("class") ? "." + node.getAttribute("class").replaceAll(" ", ".") : ""}`
  const SLACK = 1.5
  const isWhole = (box, loose = 0) => {
    const [begin, end, low, high] =
      page.axis === "x" ? [box.left, box.right, box.top, box.bottom] : [box.top, box.bottom, box.left, box.right]
    const first = Math.floor((begin + SLACK) / page.size)
    return end <= (first + 1) * page.size + SLACK && low >= page.across[0] - SLACK - loose && high <= page.across[1] + SLACK + loose
  }
  const seen = new Set()
  const fault = text => {
    if (!seen.has(text)) faults.push(text)
    seen.add(text)
  }
  const where = box => `${Math.round(box.left)},${Math.round(box.top)} ${Math.round(box.width)}×${Math.round(box.height)}`
  const texts = doc.createTreeWalker(doc.body, 4)
  while (texts.nextNode()) {
    const text = texts.currentNode, node = text.parentElement
    if (!text.data.trim()) continue
    const range = doc.createRange()
    range.selectNodeContents(text)
    const boxes = [...range.getClientRects()].filter(box => box.width > 0 && box.height > 0)
    if (!boxes.length) continue
    const ratio = contrast(node)
    if (ratio < 4.5) fault(`contrast ${ratio.toFixed(2)}: ${name(node)}: ${text.data.trim().slice(0, 20)}`)
    if (node.closest(".table-frame, .formula, .long-formula")) continue
    // The box of a letter may be higher than its line.
    const loose = parseFloat(view.getComputedStyle(node).fontSize) * 0.15
    const lost = boxes.find(box => !isWhole(box, loose))
    if (lost) fault(`cut: ${name(node)}: ${text.data.trim().slice(0, 20)}: ${where(lost)}`)
  }
  for (const node of doc.querySelectorAll("img, .table-frame, .formula, .long-formula, tr, h1, h2, h3")) {
    if (node.localName === "tr" && node.closest(".table-frame")) continue
    const boxes = [...node.getClientRects()].filter(box => box.width > 0 && box.height > 0)
    if (["h1", "h2", "h3"].includes(node.localName)) {
      const pages = new Set(boxes.map(box => Math.floor((page.axis === "x" ? box.left : box.top) / page.size)))
      if (pages.size > 1) fault(`torn: ${name(node)}: ${node.textContent.trim().slice(0, 20)}`)
      continue
    }
    const lost = boxes.find(box => !isWhole(box))
    if (lost) fault(`cut: ${name(node)}: ${node.getAttribute("src") ?? node.textContent.trim().slice(0, 20)}: ${where(lost)}`)
  }
  const pagesOf = node => new Set([...node.getClientRects()].filter(box => box.width > 0 && box.height > 0).map(
    box => Math.floor(((page.axis === "x" ? box.left : box.top) + SLACK) / page.size)))
  for (const figure of doc.querySelectorAll("figure")) {
    const picture = figure.querySelector("img"), caption = figure.querySelector("figcaption")
    if (!picture || !caption) continue
    const pages = new Set([...pagesOf(picture), ...pagesOf(caption)])
    if (pages.size > 1) fault(`parted: ${picture.getAttribute("src")}: ${caption.textContent.trim().slice(0, 20)}`)
  }
  return faults
}
