#include "run/look.h"

#include <netinet/tcp.h>
#include <sys/syscall.h>

#include "run/side.h"

/*
 * A socket without a connection (one that is new, or only bound) is in no table of the kernel, so
 * the socket itself is asked.
 */
bool look_at_descriptor(struct running *run, int descriptor, struct tcp_status *seen)
{
	struct tcp_info info = { 0 };
	socklen_t size = sizeof(info);
	struct host_output outputs[] = {
		{ &info, sizeof(info), OUTPUT_EMPTY },
		{ &size, sizeof(size), OUTPUT_GIVEN },
	};
	struct host_call call = {
		.name = "getsockopt",
		.number = SYS_getsockopt,
		.arguments = { descriptor, IPPROTO_TCP, TCP_INFO, (long)&info, (long)&size },
		.outputs = outputs,
		.output_count = 2,
	};

	run->host->calls->call(run->host, &call);
	*seen = (struct tcp_status){ .state = (enum tcp_state)info.tcpi_state };
	/* A stack without TCP_INFO: what is in no table is closed. */
	if (call.result != 0 && run->host->foreign)
		*seen = (struct tcp_status){ .state = STATE_CLOSED };
	return call.result == 0 || run->host->foreign;
}

bool look_at_tuple(struct running *run, const struct connection *connection,
                   struct tcp_status *seen)
{
	struct tcp_tuple tuple = connection->live;

	if (connection->phase == CONNECTION_LISTENING)
		tuple.remote_port = 0;
	struct host *host = side_host(run, connection->at_peer);
	return host->look && host->look->observe && host->look->observe(host, &tuple, seen);
}

bool look_at_connection(struct running *run, const struct connection *connection,
                        struct tcp_status *seen)
{
	int fd;

	if (connection->protocol != IPPROTO_TCP)
		return false;
	if (connection->phase == CONNECTION_NEW || connection->phase == CONNECTION_CONNECTING) {
		*seen = (struct tcp_status){ .state = STATE_CLOSED };
		return descriptors_of(run->actors.descriptors, connection, &fd) < 0 ||
		       look_at_descriptor(run, fd, seen);
	}
	return look_at_tuple(run, connection, seen);
}

/*
 * It takes a tenth of a millisecond, which nobody else is to wait for either: so only in a long
 * wait, and well before its end.
 */
enum { LONG = 50 * USEC_PER_MSEC, BEFORE = 10 * USEC_PER_MSEC };

usec_t look_time_to_mark(const struct running *run, usec_t due)
{
	return due - timing_now(&run->timing) > LONG ? due - BEFORE : 0;
}

void look_at_counters(struct running *run)
{
	struct evidence *evidence = run->teller.evidence;

	if (!host_moved(run->host, evidence->moved, sizeof(evidence->moved)))
		evidence->moved[0] = '\0';
}

/* ---- fates ---- */

static void add_fate(struct running *run, size_t number)
{
	struct evidence *evidence = run->teller.evidence;
	const struct event *event = trace_event(&evidence->trace, number);
	struct packet_fate *fate = &evidence->fates[evidence->fate_count];

	if (evidence->fate_count == FATES_MAX || !event ||
	    !host_fate(run->host, event->kind == EVENT_SENT, event->ordinal, fate->text, FATE_TEXT))
		return;
	fate->event = number;
	evidence->fate_count++;
}

/* A segment of the kernel's that a line has taken: what came before it has done its work. */
static bool has_held(const struct event *event)
{
	return event->kind == EVENT_SENT && event->where.end;
}

void look_at_fates(struct running *run, size_t about)
{
	const struct trace *trace = &run->teller.evidence->trace;
	const struct event *event = trace_event(trace, about);

	if (event && event->kind == EVENT_SENT)
		add_fate(run, about);
	for (size_t i = event ? about : trace->count; i-- > 0;) {
		event = trace_event(trace, i);
		if (!event || has_held(event))
			return;
		if (event->kind == EVENT_INJECTED)
			add_fate(run, i);
	}
}
