/** The part of ltijs 5.9.9 that Waymark calls; read from its source, since @types/ltijs describes version 4. */
declare module 'ltijs' {
  interface AccessToken {
    access_token: string;
    token_type: string;
    expires_in: number;
  }

  /** What ltijs asks of its database; `false` when nothing is found. */
  interface DatabasePlugin {
    setup(): Promise<boolean>;
    Close(): Promise<boolean>;
    Get(key: string | false, collection: string, query: object): Promise<object[] | false>;
    Insert(key: string | false, collection: string, item: object, index?: object): Promise<boolean>;
    Replace(
      key: string | false,
      collection: string,
      query: object,
      item: object,
      index?: object,
    ): Promise<boolean>;
    Modify(key: string | false, collection: string, query: object, part: object): Promise<boolean>;
    Delete(collection: string, query: object): Promise<boolean>;
  }

  /** The members of a validated id_token that its services read. */
  interface IdToken {
    iss: string;
    clientId: string;
    platformContext: {
      endpoint?: { lineitems: string };
      namesRoles?: { context_memberships_url: string };
    };
  }

  interface Provider {
    setup(encryptionKey: string, database: { plugin: DatabasePlugin }, options: { cors: false }): Provider;
    NamesAndRoles: {
      getMembers(token: IdToken, options: { url: string; pages: 1 }): Promise<unknown>;
    };
    Grade: {
      getLineItems(
        token: IdToken,
        options: { resourceId?: string; url?: string },
        accessToken: AccessToken,
      ): Promise<{ lineItems: unknown }>;
      getScores(
        token: IdToken,
        lineItemUrl: string,
        options: { userId: string },
      ): Promise<{ scores: unknown }>;
    };
  }

  export const Provider: Provider;
}
