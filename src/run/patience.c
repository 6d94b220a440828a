#include "run/patience.h"

#include <errno.h>
#include <string.h>
#include <sys/time.h>

enum { AT_ONCE = 2 * USEC_PER_SEC };

/* The errno that a call returns when it has waited in vain. */
static bool waits_in_vain(int error)
{
	return error == ETIMEDOUT || error == EHOSTUNREACH || error == ENETUNREACH ||
	       error == EINTR;
}

/* A timeout in milliseconds. One without an end is no reason to wait: nothing is going to come. */
static usec_t timeout_of(const struct call_want *want)
{
	for (uint32_t i = 0; i < want->count; i++)
		if (want->row->arguments[i] == ARG_TIMEOUT && want->arguments[i].number > 0)
			return want->arguments[i].number * USEC_PER_MSEC;
	return 0;
}

usec_t patience_of(const struct running *run, const struct live_call *call)
{
	if (waits_in_vain(call->want->error))
		return USEC_FOREVER;
	return AT_ONCE + timeout_of(call->want) + run->patience.longest;
}

void patience_learn(struct running *run, const struct live_call *call)
{
	const long *arguments = call->host.arguments;
	const void *value = (const void *)arguments[3];
	struct timeval time = { 0 };
	struct linger linger = { 0 };
	usec_t patience = 0;

	if (call->host.result != 0 || strcmp(call->want->row->name, "setsockopt") ||
	    arguments[1] != SOL_SOCKET || !value)
		return;
	if (arguments[2] == SO_LINGER && arguments[4] >= (long)sizeof(linger)) {
		memcpy(&linger, value, sizeof(linger));
		patience = linger.l_onoff ? linger.l_linger * (usec_t)USEC_PER_SEC : 0;
	} else if ((arguments[2] == SO_RCVTIMEO || arguments[2] == SO_SNDTIMEO) &&
	           arguments[4] >= (long)sizeof(time)) {
		memcpy(&time, value, sizeof(time));
		patience = time.tv_sec * (usec_t)USEC_PER_SEC + time.tv_usec;
	}
	if (patience > run->patience.longest)
		run->patience.longest = patience;
}
