/**
 * Data made up for demonstrations and tests. Everything here is generated from a seed: the people, cards, social
 * security numbers, addresses and cities do not exist, and the numbers among them are of ranges that are never issued.
 */
package io.tarn.testdata;
