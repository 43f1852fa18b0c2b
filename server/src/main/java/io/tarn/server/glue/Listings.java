package io.tarn.server.glue;

import software.amazon.awssdk.services.glue.model.ResourceShareType;

import static io.tarn.server.aws.AwsException.validation;

/**
 * What all listings have in common.
 */
final class Listings
{
    private Listings() {}

    /**
     * The rows of a page: what was asked for, or the most that AWS gives.
     */
    static int limit(Integer maxResults, int maximum)
    {
        if (maxResults == null) {
            return maximum;
        }
        if (maxResults < 1) {
            throw validation("maxResults", "Member must have value greater than or equal to 1");
        }
        if (maxResults > maximum) {
            throw validation("maxResults", "Member must have value less than or equal to " + maximum);
        }
        return maxResults;
    }

    /**
     * Whether only what others share is asked for: nobody shares anything with this catalogue.
     */
    static boolean foreignOnly(ResourceShareType type)
    {
        return type == ResourceShareType.FOREIGN || type == ResourceShareType.FEDERATED;
    }
}
