#include "model/counter_rules.h"

#include <string.h>

#define IN(state) (1u << STATE_##state)

/* clang-format off */
const struct counter_rule counter_rules[COUNTERS] = {
	[COUNTER_ACTIVE_OPENS] = { { "ActiveOpens", "RFC 4022, tcpActiveOpens", "from CLOSED to SYN-SENT", 0 },
		IN(CLOSED), IN(SYN_SENT) },
	[COUNTER_ATTEMPT_FAILS] = { { "AttemptFails", "RFC 4022, tcpAttemptFails", "from SYN-SENT or SYN-RECEIVED to CLOSED, or back to LISTEN", 0 },
		IN(SYN_SENT) | IN(SYN_RECV), IN(CLOSED) },
	[COUNTER_ESTAB_RESETS] = { { "EstabResets", "RFC 4022, tcpEstabResets", "from ESTABLISHED or CLOSE-WAIT to CLOSED", 0 },
		IN(ESTABLISHED) | IN(CLOSE_WAIT), IN(CLOSED) },
	[COUNTER_OUT_RSTS] = { { "OutRsts", "RFC 4022, tcpOutRsts", "segments sent with RST", 0 },
		0, 0 },
	[COUNTER_CURR_ESTAB] = { { "CurrEstab", "RFC 4022, tcpCurrEstab", "connections in ESTABLISHED or CLOSE-WAIT", 0 },
		0, 0 },
};
/* clang-format on */

bool counter_find(const char *name, enum counter *counter)
{
	for (int i = 0; i < COUNTERS; i++) {
		if (strcmp(counter_rules[i].rule.name, name))
			continue;
		*counter = (enum counter)i;
		return true;
	}
	return false;
}

void counters_move(uint8_t counters[COUNTERS], enum tcp_state from, enum tcp_state to)
{
	for (int i = 0; i < COUNTERS; i++)
		if (counter_rules[i].from & 1u << from && counter_rules[i].to & 1u << to &&
		    counters[i] < UINT8_MAX)
			counters[i]++;
}
