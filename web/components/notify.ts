import { notifications } from '@mantine/notifications'
import { ApiError } from '../api/client.ts'

/** Something was done. */
export const tell = (message: string) => notifications.show({ message, color: 'gray', withBorder: true })

/** Something was refused or failed, in the server's words. Stays until it is closed. */
export const tellFailure = (error: Error) =>
  notifications.show({
    title: error instanceof ApiError ? error.code : 'Failed',
    message: error instanceof ApiError ? error.detail : error.message,
    color: 'red',
    autoClose: false,
    withBorder: true,
  })
