import type { Picture } from '../pictures/index.ts'
import { renderSvg } from '../pictures/server/index.ts'

const WIDTH = 460

/** One HTML file that stands alone: words and pictures, light or dark as the reader's system. Nothing is asked for elsewhere. */
export function htmlReport({ title, text, pictures }: { title: string; text: string; pictures: Picture[] }): string {
  const heading = escape(title)
  const drawn = pictures.map((picture) => {
    const svg = renderSvg(picture, { width: WIDTH })
    return `<figure><figcaption>${escape(picture.title)}</figcaption>${svg}</figure>`
  })
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${heading}</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
  pre { overflow-x: auto; font-size: 13px }
  .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, ${WIDTH}px), 1fr)); gap: 1.5rem }
  figure { margin: 0 }
  figcaption { font-weight: 600; margin-bottom: .4rem }
</style>
<h1>${heading}</h1>
<pre>${escape(text)}</pre>
<div class="pictures">
${drawn.join('\n')}
</div>
</html>
`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
