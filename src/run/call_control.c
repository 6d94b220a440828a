/* Control messages, to sendmsg() and from recvmsg(). */
#include "run/live_call.h"

#include <string.h>

/* The bytes of cmsg_data: an int, a string, or a structure. */
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
	int32_t number = data ? (int32_t)data->number : 0;
	memcpy(bytes, &number, sizeof number);
	return sizeof number;
}

void call_put_control(struct running *run, struct msghdr *message, const struct value *list)
{
	struct cmsghdr *control = CMSG_FIRSTHDR(message);
	size_t length = 0;
	for (size_t i = 0; i < list->count && control; i++) {
		const struct value *item = &list->items[i];
		unsigned char bytes[256];
		size_t n = control_data(run, call_member(item, "cmsg_data"), bytes, sizeof bytes);
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

static bool check_control_item(struct running *run, const struct live_call *call,
                               const struct value *item, const struct cmsghdr *control)
{
	const struct value *data = call_member(item, "cmsg_data");
	size_t length = control->cmsg_len - CMSG_LEN(0);
	if (!call_check_number(run, call, item->where, "cmsg_level", call_member_number(item, "cmsg_level"), control->cmsg_level) ||
	    !call_check_number(run, call, item->where, "cmsg_type", call_member_number(item, "cmsg_type"), control->cmsg_type))
		return false;
	if (!data || data->kind == VALUE_ANY)
		return true;
	if (data->kind == VALUE_RECORD && data->layout)
		return call_check_record(run, call, data, CMSG_DATA(control), length);
	if (data->kind == VALUE_BYTES)
		return call_check_bytes(run, call, data, "cmsg_data", (const char *)CMSG_DATA(control), length);
	return call_check_number(run, call, data->where, "cmsg_data", data->number,
	                      call_read_integer(CMSG_DATA(control), length));
}

