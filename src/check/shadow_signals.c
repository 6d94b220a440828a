#include "check/shadow_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>

#include "base/signal_kind.h"
#include "model/signal_rules.h"
#include "program/syscalls.h"

const struct rule signal_reason_rule = {
	"signal-reason",
	"fcntl(2), F_SETSIG, and sigaction(2), si_code and si_band",
	"a signal of F_SETSIG says why it was raised, and its band has the events of poll(2) for "
	"that",
	DEPARTURE_NONE,
};

static const struct rule pipe_rule = {
	"signal-pipe",
	"send(2), EPIPE and MSG_NOSIGNAL",
	"a write that fails with EPIPE raises SIGPIPE, unless MSG_NOSIGNAL says not to",
	DEPARTURE_NONE,
};

static void take_command(struct shadow_signals *signals, unsigned socket, int64_t command,
                         int64_t value)
{
	bool asks = command == F_SETOWN || command == F_SETSIG ||
	            (command == F_SETFL && value & O_ASYNC);

	if (!asks && signals->socket != socket)
		return;
	if (asks && signals->socket && signals->socket != socket)
		signals->several = true;
	if (asks)
		signals->socket = socket;
	switch (command) {
	case F_SETOWN:
		signals->owned = true;
		break;
	case F_SETSIG:
		signals->told = value == SIGIO;
		signals->several |= !signals->told;
		break;
	case F_SETFL:
		signals->async = (value & O_ASYNC) != 0;
		break;
	default:
		return;
	}
	signals->begun = false;
}

void shadow_signals_called(struct shadow_signals *signals, unsigned socket,
                           const struct call_want *want, const struct event *event)
{
	const struct value *flags = call_argument_of(want, ARG_FLAGS);

	if (!socket)
		return;
	if (!strcmp(want->row->name, "fcntl") && event->result >= 0)
		take_command(signals, socket, want->arguments[1].number,
		             want->count > 2 ? want->arguments[2].number : 0);
	bool sends = call_argument_of(want, ARG_BUFFER_IN) ||
	             call_argument_of(want, ARG_IOVEC_IN) || call_argument_of(want, ARG_MESSAGE_IN);

	if (sends && event->result < 0 && event->error == EPIPE &&
	    !(flags && flags->number & MSG_NOSIGNAL))
		signals->pipes++;
}

/* ---- looks ---- */

static const struct {
	int code, band;
	enum signal_reason reason;
} reasons[] = {
	{ POLL_IN, POLLIN | POLLRDNORM, SIGNAL_INPUT },
	{ POLL_OUT, POLLOUT | POLLWRNORM | POLLWRBAND, SIGNAL_OUTPUT },
	{ POLL_ERR, POLLERR, SIGNAL_ERROR },
	{ POLL_PRI, POLLPRI | POLLRDBAND, SIGNAL_PRIORITY },
	{ POLL_HUP, POLLHUP | POLLERR, SIGNAL_HANG_UP },
};

unsigned shadow_signals_asked(struct shadow_signals *signals, const struct observe_want *want,
                              bool *strange)
{
	int code = signal_kind_code(want->signal), band = signal_kind_band(want->signal);
	bool begun = signals->begun;

	*strange = false;
	if (signals->several || !signals->owned)
		return 0;
	if (signal_kind_number(want->signal) == SIGURG)
		return SIGNAL_URGENT;
	if (signal_kind_number(want->signal) != SIGIO || !signals->async)
		return 0;
	if (!code) {
		/* Looks for each reason come before it, so nothing is left for this one. */
		signals->begun = true;
		*strange = begun && signals->told;
		return 0;
	}
	for (size_t i = 0; begun && i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (signals->told && code == reasons[i].code && band == reasons[i].band)
			return reasons[i].reason;
	return 0;
}

const struct rule *shadow_signals_pipe(struct shadow_signals *signals, long count)
{
	bool right = (count > 0) == (signals->pipes > 0);

	signals->pipes = 0;
	return right ? NULL : &pipe_rule;
}
