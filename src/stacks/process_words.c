#include "stacks/process_words.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "stacks/protocol.h"

const char *words_of_end(const struct sockaddr *end, socklen_t length, char text[END_WORDS])
{
	struct sockaddr_storage storage = { 0 };
	struct ip_address address;
	char name[IP_ADDRESS_TEXT];
	uint16_t port;

	if (end)
		memcpy(&storage, end, length < sizeof(storage) ? length : sizeof(storage));
	if (ip_address_from_sockaddr(&storage, &address, &port))
		snprintf(text, END_WORDS, "%s %u", ip_address_print(&address, name), port);
	else
		snprintf(text, END_WORDS, "none 0");
	return text;
}

void words_read_end(char *words, struct sockaddr *end, socklen_t *length)
{
	struct sockaddr_storage storage = { 0 };
	struct ip_address address;
	socklen_t size = 0;
	int64_t port;
	char *name, *number;

	if (!end || !length)
		return;
	if (protocol_word(&words, &name) && ip_address_parse(name, &address) &&
	    protocol_word(&words, &number) && protocol_number(number, 0, UINT16_MAX, &port))
		size = ip_address_to_sockaddr(&address, (uint16_t)port, &storage);
	memcpy(end, &storage, *length < size ? *length : size);
	*length = size;
}

static const char *name_or_number(const char *name, int number, char text[32])
{
	if (name)
		snprintf(text, 32, "%s", name);
	else
		snprintf(text, 32, "%d", number);
	return text;
}

const char *words_of_symbol(enum symbol_group group, int number, char text[32])
{
	return name_or_number(symbol_name(group, number), number, text);
}

const char *words_of_option(int level, int option, char text[80])
{
	char first[32], second[32];

	snprintf(text, 80, "%s %s", words_of_symbol(SYMBOL_LEVEL, level, first),
	         name_or_number(symbol_option_name(level, option), option, second));
	return text;
}

const char *words_of_ends(const struct tcpclose_ends *ends, char text[ENDS_WORDS])
{
	char names[3][IP_ADDRESS_TEXT];
	const struct sockaddr_storage *storages[] = { &ends->local, &ends->gateway, &ends->remote };

	for (size_t i = 0; i < 3; i++) {
		struct ip_address address = { 0 };
		uint16_t port;

		ip_address_from_sockaddr(storages[i], &address, &port);
		ip_address_print(&address, names[i]);
	}
	snprintf(text, ENDS_WORDS, "%s %s/%u gateway %s remote %s",
	         ends->local.ss_family == AF_INET6 ? "ipv6" : "ipv4", names[0], ends->prefix,
	         names[1], names[2]);
	return text;
}
