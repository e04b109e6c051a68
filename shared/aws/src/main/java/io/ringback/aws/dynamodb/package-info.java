/**
 * The one table: which keys and attributes it has, and the ports of core that live in it. One class for each item type
 * owns its key, its parsing and its formatting. Nothing here scans, and nothing is decided from a query of an index.
 */
package io.ringback.aws.dynamodb;
