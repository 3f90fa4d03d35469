/* What Ponder serves beside its tables: the API and the page. */
import { db } from 'ponder:api'
import schema from 'ponder:schema'
import { createApi } from '../../../src/createApi.ts'
import { createWindow } from '../../../src/createWindow.ts'

export default createWindow({ api: Promise.resolve(createApi({ db, schema })) })
