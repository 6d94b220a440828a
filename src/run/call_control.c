#include "run/call_control.h"

#include <linux/errqueue.h>
#include <linux/netlink.h>
#include <string.h>
#include <time.h>

#include "run/call_compare.h"
#include "run/call_memory.h"

#ifndef SCM_TIMESTAMPING_OPT_STATS
#define SCM_TIMESTAMPING_OPT_STATS 54
#endif

/* Writes the bytes of cmsg_data: an int, a string, a structure, or descriptors. */
static size_t control_data(struct running *run, const struct value *data, unsigned char *bytes,
                           size_t room)
{
	if (data && data->kind == VALUE_BYTES && data->length <= room) {
		memcpy(bytes, data->bytes, data->length);
		return data->length;
	}
	if (data && data->kind == VALUE_RECORD && data->layout && data->layout->size <= room) {
		memset(bytes, 0, data->layout->size);
		call_put_record(run, data, bytes);
		return data->layout->size;
	}
	if (data && data->kind == VALUE_LIST && data->count * sizeof(int) <= room) {
		for (size_t i = 0; i < data->count; i++) {
			int fd = descriptors_live(run->actors.descriptors, data->items[i].number);

			memcpy(bytes + i * sizeof(fd), &fd, sizeof(fd));
		}
		return data->count * sizeof(int);
	}
	int32_t number = data ? (int32_t)data->number : 0;
	memcpy(bytes, &number, sizeof(number));
	return sizeof(number);
}

void call_put_control(struct running *run, struct msghdr *message, const struct value *list)
{
	struct cmsghdr *control = CMSG_FIRSTHDR(message);
	size_t length = 0;

	for (size_t i = 0; i < list->count && control; i++) {
		const struct value *item = &list->items[i];
		unsigned char bytes[256];
		size_t n = control_data(run, call_member(item, "cmsg_data"), bytes, sizeof(bytes));

		if (length + CMSG_SPACE(n) > CONTROL_ROOM)
			break;
		control->cmsg_level = (int)call_member_number(item, "cmsg_level");
		control->cmsg_type = (int)call_member_number(item, "cmsg_type");
		control->cmsg_len = CMSG_LEN(n);
		memcpy(CMSG_DATA(control), bytes, n);
		length += CMSG_SPACE(n);
		control = (struct cmsghdr *)((char *)message->msg_control + length);
	}
	message->msg_controllen = length;
}

/* ---- comparing ---- */

/*
 * The times of SCM_TIMESTAMPING (timestamping.rst) are written in script time. One that is written
 * as 0 is not compared.
 */
static bool check_timestamping(struct running *run, const struct live_call *call,
                               const struct value *data, const void *memory, size_t length)
{
	struct timespec seen;

	usec_t want = 0;
	if (data->kind != VALUE_RECORD || length < sizeof(seen))
		return true;
	memcpy(&seen, memory, sizeof(seen));
	for (size_t i = 0; i < data->count; i++)
		want += !strcmp(data->items[i].field->name, "scm_sec")
		                ? data->items[i].number * USEC_PER_SEC
		                : data->items[i].number / 1000;
	usec_t at = timing_script(&run->timing, usec_of_timespec(seen));
	usec_t off = at > want ? at - want : want - at;
	return !want || off <= run->settings->tolerance ||
	       call_check_number(run, call, data->where, "the timestamp in microseconds", want, at);
}

/*
 * The attributes of SCM_TIMESTAMPING_OPT_STATS: [{TCP_NLA_BUSY, 0}, ...], in the order in which
 * they come. The largest number of the attribute's size means that it is not compared.
 */
static bool check_stats(struct running *run, const struct live_call *call, const struct value *data,
                        const void *memory, size_t length)
{
	size_t offset = 0;

	for (size_t i = 0; data->kind == VALUE_LIST && i < data->count; i++) {
		const struct value *item = &data->items[i];
		struct nlattr attribute;

		if (item->kind != VALUE_RECORD || item->count != 2)
			continue;
		if (offset + sizeof(attribute) > length)
			return call_check_number(run, call, item->where, "attributes",
			                         (int64_t)data->count, (int64_t)i);
		memcpy(&attribute, (const char *)memory + offset, sizeof(attribute));
		size_t size = attribute.nla_len - NLA_HDRLEN;
		int64_t mask = size >= 8 ? -1 : size >= 4 ? (int64_t)UINT32_MAX : UINT8_MAX;
		int64_t wanted = item->items[1].number & mask;
		int64_t seen =
			call_read_integer((const char *)memory + offset + NLA_HDRLEN, size) & mask;
		if (!call_check_number(run, call, item->where, "the attribute",
		                       item->items[0].number, attribute.nla_type) ||
		    (wanted != mask && !call_check_number(run, call, item->items[1].where,
		                                          "its value", wanted, seen)))
			return false;
		offset += NLA_ALIGN(attribute.nla_len);
	}
	return true;
}

/* The descriptors themselves have got the script's numbers by now: see passing.h. */
static bool check_rights(struct running *run, const struct live_call *call,
                         const struct value *data, const void *memory, size_t length)
{
	(void)memory;
	return data->kind != VALUE_LIST ||
	       call_check_number(run, call, data->where, "descriptors", data->count,
	                         (int64_t)(length / sizeof(int)));
}

static bool check_plain(struct running *run, const struct live_call *call, const struct value *data,
                        const void *memory, size_t length)
{
	if (data->kind == VALUE_RECORD && data->layout)
		return call_check_record(run, call, data, memory, length);
	if (data->kind == VALUE_BYTES)
		return call_check_bytes(run, call, data, "cmsg_data", memory, length);
	return call_check_number(run, call, data->where, "cmsg_data", data->number,
	                         call_read_integer(memory, length));
}

/* Kinds of messages whose data is compared in a special way. */
static const struct {
	int level, type;
	bool (*check)(struct running *run, const struct live_call *call, const struct value *data,
	              const void *memory, size_t length);
} kinds[] = {
	{ SOL_SOCKET, SCM_TIMESTAMPING, check_timestamping },
	{ SOL_SOCKET, SCM_RIGHTS, check_rights },
	{ SOL_SOCKET, SCM_TIMESTAMPING_OPT_STATS, check_stats },
};

static bool check_item(struct running *run, const struct live_call *call, const struct value *item,
                       const struct cmsghdr *control)
{
	const struct value *data = call_member(item, "cmsg_data");
	size_t length = control->cmsg_len - CMSG_LEN(0);

	if (!call_check_number(run, call, item->where, "cmsg_level",
	                       call_member_number(item, "cmsg_level"), control->cmsg_level) ||
	    !call_check_number(run, call, item->where, "cmsg_type",
	                       call_member_number(item, "cmsg_type"), control->cmsg_type))
		return false;
	if (!data || data->kind == VALUE_ANY)
		return true;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].level == control->cmsg_level && kinds[i].type == control->cmsg_type)
			return kinds[i].check(run, call, data, CMSG_DATA(control), length);
	return check_plain(run, call, data, CMSG_DATA(control), length);
}

/* Tells whether all of it is within the room that the call had. */
static bool is_whole(const struct msghdr *message, const struct cmsghdr *control)
{
	size_t offset = (size_t)((const char *)control - (const char *)message->msg_control);

	return control->cmsg_len >= CMSG_LEN(0) &&
	       control->cmsg_len <= message->msg_controllen - offset;
}

bool call_check_control(struct running *run, const struct live_call *call, const struct value *list,
                        struct msghdr *message)
{
	size_t count = 0;

	if (message->msg_controllen > CONTROL_ROOM)
		message->msg_controllen = CONTROL_ROOM;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c && is_whole(message, c);
	     c = CMSG_NXTHDR(message, c)) {
		if (count < list->count && !check_item(run, call, &list->items[count], c))
			return false;
		count++;
	}
	return call_check_number(run, call, list->where, "control messages", (int64_t)list->count,
	                         (int64_t)count);
}
