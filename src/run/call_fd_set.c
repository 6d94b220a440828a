#include "run/call_fd_set.h"

#include <sys/select.h>

#include "program/records.h"
#include "run/call_compare.h"
#include "run/call_memory.h"

/*
 * A number that is not open, for a descriptor that is not. select(2) passes over what is above the
 * process's table, which begins with 64 numbers.
 */
enum { NOT_OPEN = 63 };

/* The list as the kernel has it, and the number of each of the script's members in it. */
struct live_set {
	fd_set bits;
	int numbers[];
};

static int live_of(const struct running *run, const struct value *member)
{
	int live = descriptors_live(run->actors.descriptors, member->items[0].number);

	return live >= 0 && live < FD_SETSIZE ? live : NOT_OPEN;
}

int call_fd_count(const struct running *run, const struct live_call *call)
{
	const struct call_want *want = call->want;
	int highest = -1;

	for (size_t i = 0; i < want->count; i++)
		for (size_t k = 0;
		     want->row->arguments[i] == ARG_FD_SET && k < want->arguments[i].count; k++) {
			int live = live_of(run, &want->arguments[i].items[k]);

			highest = live > highest ? live : highest;
		}
	return highest + 1;
}

void *call_take_fd_set(struct running *run, struct live_call *call, const struct value *list)
{
	struct live_set *set = call_take(call, sizeof(*set) + list->count * sizeof(int));

	for (size_t i = 0; set && i < list->count; i++) {
		set->numbers[i] = live_of(run, &list->items[i]);
		FD_SET(set->numbers[i], &set->bits);
	}
	return set && call_output(call, &set->bits, sizeof(set->bits), OUTPUT_GIVEN) ? set : NULL;
}

bool call_check_fd_set(struct running *run, const struct live_call *call, const struct value *list,
                       const void *memory)
{
	const struct live_set *set = memory;

	for (size_t i = 0; i < list->count; i++) {
		const struct value *member = &list->items[i], *isset = call_item(member, "isset");

		if (!call_check_number(run, call, isset->where, "isset", isset->number,
		                       FD_ISSET(set->numbers[i], &set->bits) != 0))
			return false;
	}
	return true;
}
