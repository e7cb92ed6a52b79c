import { Component, type ReactNode } from 'react'
import { Failure } from '../components/answers.tsx'

/** Keeps the navigation usable when a page breaks or its script cannot be loaded, as after an upgrade of the server. */
export class PageBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    const { error } = this.state
    return error === null ? this.props.children : <Failure error={error} onRetry={() => location.reload()} />
  }
}
