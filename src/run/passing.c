#include "run/passing.h"

#include <string.h>

#include "program/rights.h"
#include "run/call_control.h"

/* The end of a socketpair that a call uses; 0: it uses none. */
static unsigned end_of(const struct running *run, const struct live_call *call)
{
	const struct value *fd = call_argument_of(call->want, ARG_FD);

	return fd ? descriptors_end(run->actors.descriptors, fd->number) : 0;
}

void passing_sent(struct running *run, const struct live_call *call, const struct value *message)
{
	const struct value *list = rights_of_message(message);
	struct passed *passed = run->passing.list;

	for (size_t i = 0; list && i < list->count && run->passing.count < PASSED_MAX; i++)
		passed[run->passing.count++] = (struct passed){
			.end = end_of(run, call),
			.connection = descriptors_connection(run->actors.descriptors,
			                                     list->items[i].number),
		};
}

/*
 * Takes out the oldest that was sent to this end: the two ends of a pair have numbers that differ
 * in the last bit.
 */
static struct connection *take(struct running *run, unsigned end, bool keep)
{
	struct passed *list = run->passing.list;
	size_t i = 0;

	while (i < run->passing.count && list[i].end != (end ^ 1))
		i++;
	if (i == run->passing.count)
		return NULL;
	struct connection *connection = list[i].connection;
	if (!keep)
		memmove(&list[i], &list[i + 1], (--run->passing.count - i) * sizeof(*list));
	return connection;
}

/* The descriptors that a message has brought: returns how many, and sets *numbers. */
static size_t passing_numbers(struct msghdr *live, const int **numbers)
{
	*numbers = NULL;
	if (live->msg_controllen > CONTROL_ROOM)
		return 0;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(live); c; c = CMSG_NXTHDR(live, c))
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
		    c->cmsg_len >= CMSG_LEN(0)) {
			*numbers = (const int *)CMSG_DATA(c);
			return (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		}
	return 0;
}

void passing_received(struct running *run, const struct live_call *call,
                      const struct value *message, struct msghdr *live)
{
	const struct value *list = rights_of_message(message),
			   *flags = call_argument_of(call->want, ARG_FLAGS);
	bool peek = flags && flags->number & MSG_PEEK;
	unsigned end = end_of(run, call);
	const int *numbers;
	size_t count = list ? passing_numbers(live, &numbers) : 0;

	for (size_t i = 0; i < count && i < list->count; i++)
		descriptors_open(run->actors.descriptors, (int)list->items[i].number, numbers[i],
		                 take(run, end, peek));
}
