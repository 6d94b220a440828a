#include "wire/tcp_state.h"

#include <assert.h>
#include <ctype.h>
#include <stddef.h>
#include <strings.h>

struct spelling {
	const char *name; /* in capitals, without '_' and '-' */
	int number;
};

static const char *const state_names[] = {
	[0] = "?",
	[STATE_ESTABLISHED] = "ESTABLISHED",
	[STATE_SYN_SENT] = "SYN_SENT",
	[STATE_SYN_RECV] = "SYN_RECV",
	[STATE_FIN_WAIT_1] = "FIN_WAIT_1",
	[STATE_FIN_WAIT_2] = "FIN_WAIT_2",
	[STATE_TIME_WAIT] = "TIME_WAIT",
	[STATE_CLOSED] = "CLOSED",
	[STATE_CLOSE_WAIT] = "CLOSE_WAIT",
	[STATE_LAST_ACK] = "LAST_ACK",
	[STATE_LISTEN] = "LISTEN",
	[STATE_CLOSING] = "CLOSING",
	[STATE_NEW_SYN_RECV] = "SYN_RECV",
};
static_assert(sizeof(state_names) / sizeof(state_names[0]) == STATE_COUNT, "a state has no name");

static const struct spelling other_states[] = {
	/* clang-format off */
	{ "ESTAB", STATE_ESTABLISHED },
	{ "SYNRCVD", STATE_SYN_RECV },
	{ "SYNRECEIVED", STATE_SYN_RECV },
	{ "NEWSYNRECV", STATE_SYN_RECV },
	{ "CLOSE", STATE_CLOSED },
	/* clang-format on */
};

static const char *const timer_names[] = {
	[TIMER_NONE] = "none",           [TIMER_RETRANSMIT] = "retransmit",
	[TIMER_KEEPALIVE] = "keepalive", [TIMER_TIMEWAIT] = "timewait",
	[TIMER_PROBE] = "probe",
};
static_assert(sizeof(timer_names) / sizeof(timer_names[0]) == TIMER_COUNT, "a timer has no name");

static const struct spelling other_timers[] = {
	/* clang-format off */
	{ "OFF", TIMER_NONE },
	{ "ON", TIMER_RETRANSMIT },
	{ "RTO", TIMER_RETRANSMIT },
	{ "FINWAIT2", TIMER_KEEPALIVE },
	{ "PERSIST", TIMER_PROBE },
	/* clang-format on */
};

/* Compares a name that a user wrote with one of ours. Case, '_' and '-' do not matter. */
static bool same_name(const char *written, const char *ours)
{
	for (;; written++, ours++) {
		while (*written == '_' || *written == '-')
			written++;
		while (*ours == '_')
			ours++;
		if (toupper((unsigned char)*written) != toupper((unsigned char)*ours))
			return false;
		if (*written == '\0')
			return true;
	}
}

static int find_name(const char *written, const char *const *names, int count)
{
	for (int i = 0; i < count; i++)
		if (same_name(written, names[i]))
			return i;
	return -1;
}

static int find_spelling(const char *written, const struct spelling *spellings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (same_name(written, spellings[i].name))
			return spellings[i].number;
	return -1;
}

const char *tcp_state_name(enum tcp_state state)
{
	return (unsigned)state < STATE_COUNT ? state_names[state] : state_names[0];
}

bool tcp_state_parse(const char *name, enum tcp_state *state)
{
	bool kernel = !strncasecmp(name, "TCP_", 4);
	int number;

	name += kernel ? 4 : 0;
	number = find_name(name, state_names + 1, STATE_COUNT - 1) + 1;
	if (number == 0)
		number = find_spelling(name, other_states,
		                       sizeof(other_states) / sizeof(other_states[0]));
	if (number < 0)
		return false;
	*state = (enum tcp_state)number;
	return true;
}

const char *tcp_timer_name(enum tcp_timer timer)
{
	return (unsigned)timer < TIMER_COUNT ? timer_names[timer] : "?";
}

bool tcp_timer_parse(const char *name, enum tcp_timer *timer)
{
	int number = find_name(name, timer_names, TIMER_COUNT);

	if (number < 0)
		number = find_spelling(name, other_timers,
		                       sizeof(other_timers) / sizeof(other_timers[0]));
	if (number < 0)
		return false;
	*timer = (enum tcp_timer)number;
	return true;
}
