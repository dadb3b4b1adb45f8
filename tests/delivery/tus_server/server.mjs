// The receiving office of the upload tests: tus 1.0 at /files, signed receipts at /receipts/<package id>.
//
// Environment: UPLOADS (folder), TOKEN (bearer token), RECEIPT_COMMAND (JSON list, in which {package} and {folder}
// stand for the package's path and where the receipt goes), and optionally PORT, LARGEST (bytes of one upload),
// ROOM (bytes that the disk takes), EXPIRES (milliseconds), SECRET and CERTIFICATE (PEM files: then it is https).
// Prints one line of JSON with its port. On loopback only.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import path from 'node:path'
import { timingSafeEqual } from 'node:crypto'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const folder = process.env.UPLOADS
const packages = path.join(folder, 'packages')
const receipts = path.join(folder, 'receipts')
for (const needed of [packages, receipts]) fs.mkdirSync(needed, { recursive: true })
const expected = Buffer.from(`Bearer ${process.env.TOKEN}`)
const command = JSON.parse(process.env.RECEIPT_COMMAND ?? 'null')
const largest = Number(process.env.LARGEST ?? 0)
const room = Number(process.env.ROOM ?? 0)
const packageId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const making = new Map()

const store = new FileStore({
  directory: path.join(folder, 'files'),
  expirationPeriodInMilliseconds: Number(process.env.EXPIRES ?? 0),
})

function allowed(request) {
  const given = Buffer.from(request.headers.authorization ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const refused = (status_code, body) => ({ status_code, body })

const tus = new Server({
  path: '/files',
  datastore: store,
  maxSize: largest || undefined,
  relativeLocation: true,
  async onIncomingRequest(request) {
    if (request.method !== 'PATCH' || !room) return
    if (Number(request.headers.get('upload-offset')) + Number(request.headers.get('content-length')) > room) {
      throw refused(507, 'no space left\n')
    }
  },
  async onUploadCreate(_request, upload) {
    if (!packageId.test(upload.metadata?.package_id ?? '')) throw refused(400, 'package_id\n')
    return { metadata: upload.metadata }
  },
  async onUploadFinish(_request, upload) {
    arrived(upload)
    return {}
  },
})

// Names from outside are no paths: the package id was checked, the file gets that name.
function arrived(upload) {
  const id = upload.metadata.package_id
  const part = upload.metadata.role === 'evidence_pack' ? `.${upload.id}` : ''
  const kept = path.join(packages, `${id}${part}.asice`)
  if (!fs.existsSync(kept)) fs.linkSync(upload.storage.path, kept)
  if (!part) receiptFor(id)
}

function receiptFor(id) {
  const kept = path.join(packages, `${id}.asice`)
  const ready = path.join(receipts, `${id}.asice`)
  if (!command || making.has(id) || fs.existsSync(ready) || !fs.existsSync(kept)) return
  const made = fs.mkdtempSync(path.join(folder, 'making-'))
  const filled = command.map(part => part.replace('{package}', kept).replace('{folder}', made))
  const child = spawn(filled[0], filled.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] })
  making.set(id, child)
  child.on('close', code => {
    making.delete(id)
    const [name] = fs.readdirSync(made).filter(one => one.endsWith('.asice'))
    if (code === 0 && name) fs.renameSync(path.join(made, name), ready)
    fs.rmSync(made, { recursive: true, force: true })
  })
}

function sendReceipt(id, response) {
  const ready = path.join(receipts, `${id}.asice`)
  if (fs.existsSync(ready)) {
    response.writeHead(200, {
      'content-type': 'application/vnd.etsi.asic-e+zip',
      'content-length': fs.statSync(ready).size,
    })
    fs.createReadStream(ready).pipe(response)
    return
  }
  const known = fs.existsSync(path.join(packages, `${id}.asice`))
  if (known) receiptFor(id) // the program may have been killed before it was made
  response.writeHead(known ? 202 : 404, { 'retry-after': '1' }).end()
}

const secure = process.env.CERTIFICATE && {
  key: fs.readFileSync(process.env.SECRET),
  cert: fs.readFileSync(process.env.CERTIFICATE),
}

function answer(request, response) {
  if (!allowed(request)) {
    request.resume()
    response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
    return
  }
  const asked = /^\/receipts\/([^/?]+)$/.exec(request.url)
  if (asked && request.method === 'GET') {
    if (packageId.test(asked[1])) sendReceipt(asked[1], response)
    else response.writeHead(404).end()
    return
  }
  tus.handle(request, response).catch(() => response.destroy())
}

const server = secure ? https.createServer(secure, answer) : http.createServer(answer)
if (process.env.EXPIRES) setInterval(() => tus.cleanUpExpiredUploads().catch(() => {}), 50).unref()
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`)
})
