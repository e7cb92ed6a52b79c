import { useQuery } from '@tanstack/react-query'
import { eventsQuery } from '../../api/live-events.ts'
import { Answer, Empty } from '../../components/answers.tsx'
import { formatName } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'
import { Ago } from '../../components/time.tsx'
import { Who } from '../../components/who.tsx'
import classes from './overview.module.css'

const nShown = 30

/** What happened lately, as it happens. */
export function EventsPanel() {
  const query = useQuery(eventsQuery)
  return (
    <Panel title="Events" aside="newest first" isFlush testId="events">
      <Answer query={query}>
        {(events) =>
          events.length === 0 ? (
            <Empty title="Nothing has happened yet" />
          ) : (
            <ol className={classes.events} tabIndex={0} aria-label="Events, newest first">
              {events.slice(0, nShown).map((event) => (
                <li key={event.position}>
                  <span className={classes.eventTime}>
                    <Ago at={event.at} />
                  </span>
                  <span className={classes.eventWords}>
                    <b>{formatName(event.type).replace(' · ', ' ')}</b>{' '}
                    <span className="muted" title={event.object}>
                      {event.object}
                    </span>
                  </span>
                  <span className="muted">
                    <Who id={event.actor} />
                  </span>
                </li>
              ))}
            </ol>
          )
        }
      </Answer>
    </Panel>
  )
}
