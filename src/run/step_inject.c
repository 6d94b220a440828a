#include "run/step_inject.h"

#include "run/sign.h"
#include "run/tell.h"
#include "wire/tcp_options.h"

static bool no_echo(struct running *run, const struct step *step)
{
	uint32_t value = 0, echo = 0;

	tcp_timestamp_get(&step->packet->segment.tcp, &value, &echo);
	return run_end(run, ENDING_SCRIPT, step->where,
	               "the kernel sent no segment whose TS value is %u here, so it cannot "
	               "be echoed",
	               echo);
}

static void tell_injected(struct running *run, const struct step *step,
                          const struct packet_want *want, const struct connection *connection,
                          const struct live_segment *live, usec_t at)
{
	struct event *event = run_event(run, EVENT_INJECTED, step->where, at);
	struct tcp_header *tcp = &event->segment.tcp;

	event->late = at - run->timing.due;
	event->connection = connection->number;
	segment_keep(&event->segment, &want->segment, event->outer);
	if (want->md5_valid)
		sign(run->settings, live, tcp->options, tcp->options_length);
	run_tell(run, event);
}

bool step_inject(struct running *run, const struct step *step)
{
	struct packet_want filled_in = *step->packet;
	const struct packet_want *want = &filled_in;
	struct connection *connection = connection_of_line(&run->connections, want, true);
	const char *unknown = connection_fill_in(connection, &filled_in);
	struct flow_segment flow;
	struct live_segment live;
	usec_t at;

	run_about_connection(run, connection);
	if (unknown)
		return run_end(run, ENDING_SCRIPT, step->where, "%s", unknown);
	if (!connection_to_live(&run->connections, connection, want, &live))
		return no_echo(run, step);
	if (want->md5_valid)
		sign(run->settings, &live, live.segment.tcp.options,
		     live.segment.tcp.options_length);
	if (!run->host->wire->inject(run->host, &live.segment, &at))
		return run_end(run, ENDING_BROKEN, step->where, "%s", run->host->error);
	timing_stir(&run->timing);
	at = timing_script(&run->timing, at);
	run_note_lateness(run, at);
	timing_over(&run->timing, at);
	connection_to_flow(connection, &live, true, &flow);
	/* One that is malformed on purpose is not taken, so it explains nothing that follows. */
	if (!live.segment.fixed)
		flow_injected(&connection->flow, &flow, at);
	tell_injected(run, step, want, connection, &live, at);
	return true;
}
