/* IP addresses. */
#ifndef TCPCLOSE_WIRE_ADDRESS_H
#define TCPCLOSE_WIRE_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct ip_address {
	sa_family_t family; /* AF_INET or AF_INET6; 0: no address is set */
	uint8_t bytes
		[16]; /* network byte order; IPv4 uses the first four bytes, the others are 0 */
};

enum { IP_ADDRESS_TEXT = INET6_ADDRSTRLEN };

/*
 * Text is a dotted quad or has the form of RFC 4291 2.2. When it is neither, parsing returns false
 * and leaves the address unchanged. An address that is not set is printed as "?".
 */
bool ip_address_parse(const char *text, struct ip_address *address);
const char *ip_address_print(const struct ip_address *address, char text[IP_ADDRESS_TEXT]);
bool ip_address_equal(const struct ip_address *a, const struct ip_address *b);

/*
 * Makes ::ffff:a.b.c.d of a.b.c.d (RFC 4291 2.5.5.2), and the other way round. unmap() leaves other
 * addresses as they are.
 */
struct ip_address ip_address_map(const struct ip_address *address);
struct ip_address ip_address_unmap(const struct ip_address *address);

/* Keeps the first `bits` bits (all of them when there are fewer) and clears the rest. */
struct ip_address ip_address_prefix(const struct ip_address *address, unsigned bits);

/*
 * To a sockaddr_in or sockaddr_in6 (returns its length), and from one (returns false for another
 * family). Ports are in host byte order.
 */
socklen_t ip_address_to_sockaddr(const struct ip_address *address, uint16_t port,
                                 struct sockaddr_storage *out);
bool ip_address_from_sockaddr(const struct sockaddr_storage *in, struct ip_address *address,
                              uint16_t *port);

#endif
